/** Where R4 4.0.1 contradicts its own words or use, and what stands in its place. */

/** Invariants whose expression says other than their text; by the expression as published. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  // que-12: "more than one enableWhen"; published as more than two.
  'enableWhen.count() > 2 implies enableBehavior.exists()':
    'enableWhen.count() > 1 implies enableBehavior.exists()',
  // que-7: System.Boolean, which no element of FHIR is.
  "operator = 'exists' implies (answer is Boolean)": "operator = 'exists' implies (answer is boolean)",
  // ras-2: as published it has no answer where there is no probability.
  'probability is decimal implies (probability as decimal) <= 100':
    'probability.ofType(decimal).empty() or probability.ofType(decimal) <= 100',
  // bdl-8: published without an answer for an entry that has no fullUrl.
  "fullUrl.contains('/_history/').not()": "fullUrl.empty() or fullUrl.contains('/_history/').not()",
  // vs-1: speaks of a dateTime alone, and has no answer for a Period.
  '($this as dateTime).toString().length() >= 8':
    '$this.ofType(dateTime).all($this.toString().length() >= 8)',
};

/** Contexts of extensions that R4's own definitions use elsewhere than their context says. */
const CONTEXTS: Readonly<Record<string, readonly string[]>> = {
  'http://hl7.org/fhir/StructureDefinition/regex': ['ElementDefinition.type'],
  'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type': ['ElementDefinition.type'],
  'http://hl7.org/fhir/StructureDefinition/structuredefinition-normative-version': [
    'CanonicalResource',
    'ElementDefinition',
  ],
  'http://hl7.org/fhir/StructureDefinition/structuredefinition-standards-status': [
    'CanonicalResource',
    'ElementDefinition',
  ],
};

export function correctedExpression(expression: string): string {
  return Object.hasOwn(EXPRESSIONS, expression) ? (EXPRESSIONS[expression] ?? expression) : expression;
}

/** Further contexts in which an extension may stand. */
export function furtherContexts(extension: string): readonly string[] {
  return Object.hasOwn(CONTEXTS, extension) ? (CONTEXTS[extension] ?? []) : [];
}
