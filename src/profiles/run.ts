import type { Code } from '../core/catalogue.ts';
import type { Frame } from '../fhir/fhirpath/value.ts';
import type { JsonObject } from './definition.ts';
import type { Severity, ValidationIssue } from './validation-issue.ts';

const MAX_ISSUES = 500;

/** A resource on the way from the outermost one to where we are. */
export interface ResourceScope {
  readonly resource: JsonObject;
  /** The resource that contained ones belong to: itself unless it is contained. */
  readonly container: JsonObject;
  readonly fullUrl?: string;
  /** The nearest Bundle or Parameters around it. */
  readonly carrier?: JsonObject;
  /** Depth of the path at which it starts. */
  readonly start: number;
  readonly parent?: ResourceScope;
}

export interface Details {
  readonly found?: string;
  readonly expected?: string;
  readonly rule?: string;
}

/** One validation of one resource: where it is, and what was found. */
export class Run {
  issues: ValidationIssue[] = [];
  errors = 0;
  scope: ResourceScope | undefined;
  readonly frame: Frame = { resource: undefined, context: undefined, rowIndex: 0, index: 0 };
  /** Value sets about which it was said that they cannot be decided. */
  readonly undecided = new Set<string>();
  /** Pairs of resource and profile on their way, so that references in a circle end. */
  readonly visiting = new Map<unknown, Set<string>>();
  #elementIds: Map<unknown, Set<unknown>> | undefined;
  readonly #steps: string[] = [];
  readonly #indices: number[] = [];
  readonly #types: string[] = [];
  readonly #values: unknown[] = [];
  #depth = 0;

  /** Enters an element; an index of -1 for one that does not repeat. `type` is that of the element. */
  push(step: string, index: number, type: string, value?: unknown): void {
    this.#steps[this.#depth] = step;
    this.#indices[this.#depth] = index;
    this.#types[this.#depth] = type;
    this.#values[this.#depth] = value;
    this.#depth += 1;
  }

  pop(): void {
    this.#depth -= 1;
  }

  get depth(): number {
    return this.#depth;
  }

  typeAt(depth: number): string | undefined {
    return this.#types[depth];
  }

  valueAt(depth: number): unknown {
    return this.#values[depth];
  }

  stepAt(depth: number): string | undefined {
    return this.#steps[depth];
  }

  get path(): string {
    let text = '';
    for (let i = 0; i < this.#depth; i++) {
      const index = this.#indices[i] ?? -1;
      text += `${i === 0 ? '' : '.'}${this.#steps[i]}${index < 0 ? '' : `[${index}]`}`;
    }
    return text;
  }

  /** Ids of elements are unique within their resource (R4, element.html). */
  noteElementId(id: unknown): void {
    const resource = this.scope?.resource;
    this.#elementIds ??= new Map();
    const seen = this.#elementIds.get(resource) ?? new Set();
    if (seen.has(id)) this.error('element-invalid', 'the id of an element is there twice in the resource');
    this.#elementIds.set(resource, seen.add(id));
  }

  report(code: Code, severity: Severity, message: string, details: Details = {}): void {
    if (severity === 'error') this.errors += 1;
    if (this.issues.length >= MAX_ISSUES) return;
    const expression = this.path;
    this.issues.push({ code, severity, message: `${expression}: ${message}`, expression, ...details });
  }

  error(code: Code, message: string, details: Details = {}): void {
    this.report(code, 'error', message, details);
  }

  /** True when `check` finds no error; nothing that it finds is kept. */
  holds(check: () => void): boolean {
    const { issues, errors } = this;
    this.issues = [];
    this.errors = 0;
    try {
      check();
      return this.errors === 0;
    } finally {
      this.issues = issues;
      this.errors = errors;
    }
  }

  /** Runs `check` with a resource as the innermost one. */
  within(scope: ResourceScope, check: () => void): void {
    const before = this.scope;
    const { resource } = this.frame;
    this.scope = scope;
    this.frame.resource = scope.resource;
    try {
      check();
    } finally {
      this.scope = before;
      this.frame.resource = resource;
    }
  }
}
