import { createRequire } from 'node:module';
import type * as FhirPathLibrary from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import type { Types } from './compiled.ts';
import { FhirPathError } from './fhirpath-error.ts';
import { referenceKeyOf, resourceKeyOf } from './resource-key.ts';
import { isSubtype, kindOf } from './type-model.ts';
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

/** A value of `%name` and its FHIR type. */
export interface Variable {
  readonly type: string;
  readonly value: Value;
}

/**
 * The expression as the library runs it, on a focus of these types.
 * @throws FhirPathError `syntax` when the library cannot read it, or when the focus may have several types: the library
 * needs one to know the elements below it.
 */
export function compileWithLibrary(
  source: string,
  focus: Types,
  variables: Readonly<Record<string, Variable>>,
): Evaluate {
  const [type, ...others] = focus ?? [];
  if (others.length > 0) {
    throw new FhirPathError('syntax', `"${source}" is beyond the compiler, on a focus of several types`);
  }
  const { compile } = loadLibrary();
  const selfDescribing = type === undefined || isSubtype(type, 'Resource');
  const run = attempt('syntax', source, () =>
    compile(selfDescribing ? source : { base: type, expression: source }, r4, {
      resolveInternalTypes: false,
      userInvocationTable: INVOCATIONS,
      traceFn: () => undefined,
    }),
  );
  const values = Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [name, libraryValue(variable)]),
  );
  return (focusItem, frame) => {
    const found = attempt('evaluation', source, () =>
      run(focusItem ?? [], {
        ...values,
        resource: frame.resource,
        rootResource: frame.resource,
        rowIndex: frame.rowIndex,
      }),
    );
    return fromJson(toItems(found).map(plain));
  };
}

/** The library compares dates and times only as objects of its own, which its literals make. */
function libraryValue({ type, value }: Variable): unknown {
  const kind = kindOf(type);
  if (typeof value !== 'string' || (kind !== 'date' && kind !== 'time')) return value;
  const untimed = type !== 'date' && !value.includes('T') ? 'T' : '';
  const literal = kind === 'time' ? `@T${value}` : `@${value}${untimed}`;
  const found = attempt('syntax', literal, () =>
    loadLibrary().evaluate({}, literal, {}, r4, { resolveInternalTypes: false }),
  );
  return toItems(found)[0];
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
