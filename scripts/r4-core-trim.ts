/** What validation needs of the definitions of R4 core; texts, mappings and everything informative fall away. */
type Json = Readonly<Record<string, unknown>>;

const STRUCTURE = [
  'resourceType',
  'url',
  'name',
  'version',
  'kind',
  'abstract',
  'type',
  'derivation',
  'baseDefinition',
];
const ELEMENT = ['id', 'path', 'sliceName', 'min', 'max', 'contentReference', 'type', 'maxLength'];
const VALUE = /^(fixed|pattern|minValue|maxValue)[A-Z]/;
const KEPT_EXTENSIONS = [
  'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type',
  'http://hl7.org/fhir/StructureDefinition/regex',
  'http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice',
  'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet',
];

export function trimStructure(structure: Json): Json {
  const { element } = structure['snapshot'] as { readonly element: readonly Json[] };
  const context = structure['context'] === undefined ? {} : { context: structure['context'] };
  return { ...pick(structure, STRUCTURE), ...context, snapshot: { element: element.map(trimElement) } };
}

function trimElement(element: Json): Json {
  const values = Object.fromEntries(Object.entries(element).filter(([key]) => VALUE.test(key)));
  const base = element['base'] as Json | undefined;
  const slicing = element['slicing'] as Json | undefined;
  const binding = element['binding'] as Json | undefined;
  const constraint = (element['constraint'] as readonly Json[] | undefined)?.filter(
    ({ key }) => key !== 'ele-1',
  );
  return {
    ...withExtensions(pick(element, ELEMENT)),
    ...(base === undefined ? {} : { base: pick(base, ['path', 'max']) }),
    ...(slicing === undefined ? {} : { slicing: pick(slicing, ['discriminator', 'ordered', 'rules']) }),
    ...(binding === undefined
      ? {}
      : { binding: pick(withExtensions(binding), ['strength', 'valueSet', 'extension']) }),
    ...(constraint === undefined || constraint.length === 0
      ? {}
      : {
          constraint: constraint.map((each) =>
            pick(withExtensions(each), ['key', 'severity', 'human', 'expression', 'extension']),
          ),
        }),
    ...(element['isModifier'] === true ? { isModifier: true } : {}),
    ...values,
  };
}

/** The same value with those extensions only that change what is valid. */
function withExtensions<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withExtensions) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.entries(value).flatMap(([key, child]): (readonly [string, unknown])[] => {
    if (key !== 'extension') return [[key, withExtensions(child)]];
    const kept = (child as readonly Json[]).filter(({ url }) => KEPT_EXTENSIONS.includes(String(url)));
    return kept.length === 0 ? [] : [[key, kept]];
  });
  return Object.fromEntries(copy) as T;
}

const CODE_SYSTEM = [
  'resourceType',
  'url',
  'version',
  'content',
  'caseSensitive',
  'hierarchyMeaning',
  'supplements',
  'status',
];

export function trimCodeSystem(system: Json, properties: ReadonlySet<string>): Json {
  const concept = system['concept'] as readonly Json[] | undefined;
  return {
    ...pick(system, CODE_SYSTEM),
    ...(concept === undefined ? {} : { concept: concept.map((each) => trimConcept(each, properties)) }),
  };
}

function trimConcept(concept: Json, properties: ReadonlySet<string>): Json {
  const below = concept['concept'] as readonly Json[] | undefined;
  const kept = ((concept['property'] as readonly Json[] | undefined) ?? []).filter(({ code }) =>
    properties.has(String(code)),
  );
  return {
    ...pick(concept, ['code', 'display']),
    ...(kept.length === 0 ? {} : { property: kept }),
    ...(below === undefined ? {} : { concept: below.map((each) => trimConcept(each, properties)) }),
  };
}

export function trimValueSet(valueSet: Json): Json {
  const compose = valueSet['compose'] as Json | undefined;
  const lists = (['include', 'exclude'] as const).flatMap((key) => {
    const sets = compose?.[key] as readonly Json[] | undefined;
    return sets === undefined ? [] : [[key, sets.map(trimSet)]];
  });
  return {
    ...pick(valueSet, ['resourceType', 'url', 'name', 'version', 'status', 'experimental']),
    ...(compose === undefined ? {} : { compose: Object.fromEntries(lists) }),
  };
}

function trimSet(set: Json): Json {
  const concept = set['concept'] as readonly Json[] | undefined;
  return {
    ...pick(set, ['system', 'version', 'filter', 'valueSet']),
    ...(concept === undefined ? {} : { concept: concept.map((each) => pick(each, ['code', 'display'])) }),
  };
}

export function trimSearchParameter(parameter: Json): Json {
  return pick(parameter, ['resourceType', 'url', 'code', 'type', 'base']);
}

function pick(source: Json, keys: readonly string[]): Json {
  return Object.fromEntries(keys.flatMap((key) => (source[key] === undefined ? [] : [[key, source[key]]])));
}
