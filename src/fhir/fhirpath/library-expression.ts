import { createRequire } from 'node:module';
import type * as FhirPathLibrary from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import type { Types } from './compiled.ts';
import { FhirPathError } from './fhirpath-error.ts';
import { referenceKeyOf, resourceKeyOf } from './resource-key.ts';
import { type Evaluate, fromJson, toItems, type Value } from './value.ts';

/**
 * Expressions that we do not compile are run by fhirpath.js with its R4 model, parsed once. It is loaded on first use:
 * it takes a tenth of a second, and most processes never need it.
 */
const requireModule = createRequire(import.meta.url);

function loadLibrary(): typeof FhirPathLibrary {
  return requireModule('fhirpath') as typeof FhirPathLibrary;
}

type Invocations = NonNullable<FhirPathLibrary.Options['userInvocationTable']>;

const INVOCATIONS: Invocations = {
  getResourceKey: {
    fn: (inputs: unknown[]) => inputs.flatMap((item) => resourceKeyOf(plain(item)) ?? []),
    arity: { 0: [] },
    internalStructures: true,
  },
  getReferenceKey: {
    fn: (inputs: unknown[], type?: { readonly name?: string }) =>
      inputs.flatMap((item) => referenceKeyOf(plain(item), type?.name) ?? []),
    arity: { 0: [], 1: ['TypeSpecifier'] },
    internalStructures: true,
  },
};

/**
 * The expression as the library runs it, on a focus of that type.
 * @throws FhirPathError `syntax` when the library cannot read it.
 */
export function compileWithLibrary(
  source: string,
  focus: Types,
  variables: Readonly<Record<string, Value>>,
): Evaluate {
  const { compile } = loadLibrary();
  const [base, ...others] = focus ?? [];
  if (base === undefined || others.length > 0) {
    throw new FhirPathError('syntax', `"${source}" is beyond the compiler on a focus of several types`);
  }
  const run = attempt('syntax', source, () =>
    compile({ base, expression: source }, r4, {
      resolveInternalTypes: false,
      userInvocationTable: INVOCATIONS,
    }),
  );
  return (focusItem, frame) => {
    const found = attempt('evaluation', source, () =>
      run(focusItem ?? [], {
        ...variables,
        resource: frame.resource,
        rootResource: frame.resource,
        rowIndex: frame.rowIndex,
      }),
    );
    return fromJson(toItems(found).map(plain));
  };
}

/** The JSON value inside one of the library's own objects. */
function plain(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return item;
  if ('convertData' in item && 'data' in item) return item.data ?? null;
  if ('toJSON' in item && typeof item.toJSON === 'function') return item.toJSON();
  return item;
}

function attempt<T>(reason: 'syntax' | 'evaluation', source: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new FhirPathError(reason, `"${source}" is not accepted by the FHIRPath library`, { cause });
  }
}
