/** Rules of definitional resources that R4 states in words, and that HL7's validator holds them to. */
import { quote } from '../core/finding.ts';
import { checkCodeSystem } from './code-system-rules.ts';
import { checkConceptMap } from './concept-map-rules.ts';
import { isObject, type JsonObject } from './definition.ts';
import { checkQuestionnaireResponse } from './questionnaire-response-rules.ts';
import { checkQuestionnaire } from './questionnaire-rules.ts';
import type { Run } from './run.ts';
import { checkSearchExpression } from './search-expression.ts';
import { checkStructureDefinition } from './structure-rules.ts';
import type { ValidatorContext } from './validator-context.ts';
import { checkValueSet } from './value-set-rules.ts';

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;

type Rule = (resource: JsonObject, context: ValidatorContext, run: Run) => void;

const RULES: Readonly<Record<string, Rule>> = {
  CapabilityStatement: checkCapabilityStatement,
  CodeSystem: (system, _context, run) => checkCodeSystem(system, run),
  ConceptMap: checkConceptMap,
  Questionnaire: (questionnaire, _context, run) => checkQuestionnaire(questionnaire, run),
  QuestionnaireResponse: checkQuestionnaireResponse,
  SearchParameter: checkSearchParameter,
  StructureDefinition: checkStructureDefinition,
  ValueSet: checkValueSet,
};

export function checkDefinition(
  type: string,
  resource: JsonObject,
  context: ValidatorContext,
  run: Run,
): void {
  checkUrl(type, resource, context, run);
  if (Object.hasOwn(RULES, type)) RULES[type]?.(resource, context, run);
}

/** The canonical URL of a definition is absolute (R4, resource.html, canonical). */
function checkUrl(type: string, { url }: JsonObject, { shapes }: ValidatorContext, run: Run): void {
  if (typeof url !== 'string' || ABSOLUTE.test(url)) return;
  if (shapes.get(type)?.byKey.get('url')?.type !== 'uri') return;
  run.error('definition-invalid', 'its canonical URL is not absolute', { expected: 'an absolute URL' });
}

/** A composite has parts; a parameter that derives from another keeps its type and is used on its resources only. */
function checkSearchParameter(parameter: JsonObject, { store }: ValidatorContext, run: Run): void {
  const { type, derivedFrom, component, base } = parameter;
  checkSearchExpression(parameter, run);
  if (type === 'composite' && (!Array.isArray(component) || component.length < 2)) {
    run.error('definition-invalid', 'a composite search parameter has two components or more');
  }
  const origin = typeof derivedFrom === 'string' ? store.searchParameter(derivedFrom) : undefined;
  if (origin === undefined) return;
  if (type !== origin.type) {
    const details = { expected: origin.type, ...(typeof type === 'string' ? { found: quote(type) } : {}) };
    run.error('definition-invalid', 'its type differs from that of the parameter it derives from', details);
  }
  const beyond = (Array.isArray(base) ? base : []).filter((each) => !origin.base.includes(each));
  if (beyond.length > 0 && !origin.base.includes('Resource') && !origin.base.includes('DomainResource')) {
    const details = { found: quote(beyond.join(', ')), expected: origin.base.join(', ') };
    run.error('definition-invalid', 'its base is none of the parameter it derives from', details);
  }
}

/** The type of a search parameter is that of its definition. */
function checkCapabilityStatement(statement: JsonObject, { store }: ValidatorContext, run: Run): void {
  eachOf(statement, 'rest', run, (rest) => {
    eachOf(rest, 'searchParam', run, (parameter) => checkSearchParam(parameter, store, run));
    eachOf(rest, 'resource', run, (resource) => {
      eachOf(resource, 'searchParam', run, (parameter) => checkSearchParam(parameter, store, run));
    });
  });
}

function checkSearchParam(
  { definition, type }: JsonObject,
  store: ValidatorContext['store'],
  run: Run,
): void {
  const defined = typeof definition === 'string' ? store.searchParameter(definition) : undefined;
  if (defined === undefined || defined.type === type) return;
  const details = { expected: defined.type, ...(typeof type === 'string' ? { found: quote(type) } : {}) };
  run.error('definition-invalid', 'its type differs from that of its definition', details);
}

function eachOf(owner: JsonObject, name: string, run: Run, visit: (item: JsonObject) => void): void {
  const list = owner[name];
  if (!Array.isArray(list)) return;
  for (const [i, item] of list.entries()) {
    if (!isObject(item)) continue;
    run.push(name, i, name, item);
    visit(item);
    run.pop();
  }
}
