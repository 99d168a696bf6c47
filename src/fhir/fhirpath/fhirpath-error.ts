/**
 * What goes wrong with an expression: `syntax` when it cannot be read or names what does not exist, `evaluation`
 * when it cannot be applied to a resource (several items where one is required, operands that do not fit).
 * Messages quote the expression only, never the resource.
 */
export class FhirPathError extends Error {
  override readonly name = 'FhirPathError';
  readonly reason: 'syntax' | 'evaluation';

  constructor(reason: 'syntax' | 'evaluation', message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.reason = reason;
  }
}

/** Signals to the compiler that an expression is legal but has to be left to the library; never leaves the folder. */
export class NotCompilable extends Error {
  override readonly name = 'NotCompilable';
}
