import type { CatalogueEntry } from './catalogue-entry.ts';

/** Codes of findings of the validator against FHIR R4, its profiles and its invariants. */
export const VALIDATION_CODES = {
  'element-unknown': {
    category: 'structure',
    meaning: 'A property is not defined for the type.',
    action: 'Remove it, or correct its name; content of your own goes into an extension.',
  },
  'element-missing': {
    category: 'structure',
    meaning: 'An element, or a slice of it, is there less often than FHIR or the profile asks.',
    action: 'Add the element that the message names.',
  },
  'element-excess': {
    category: 'structure',
    meaning: 'An element, or a slice of it, is there more often than FHIR or the profile allows.',
    action: 'Remove what is too much.',
  },
  'type-not-allowed': {
    category: 'structure',
    meaning: 'A value or resource has a type that is not allowed there.',
    action: 'Use one of the types that the message names.',
  },
  'primitive-invalid': {
    category: 'value',
    meaning: 'A primitive does not have the form of its type.',
    action: 'Write it in the form that the message names.',
  },
  'fixed-mismatch': {
    category: 'value',
    meaning: 'A value differs from the one that the profile fixes.',
    action: 'Use the value that the profile fixes, and nothing beside it.',
  },
  'pattern-mismatch': {
    category: 'value',
    meaning: 'A value lacks what the pattern of the profile asks for.',
    action: 'Add what the pattern has.',
  },
  'value-out-of-limits': {
    category: 'value',
    meaning: 'A value is less, more or longer than FHIR or the profile allows.',
    action: 'Correct the value.',
  },
  'slice-unmatched': {
    category: 'structure',
    meaning: 'An item of a list fits no slice where the profile leaves room for none, or none at that place.',
    action: 'Remove the item, or make it fit a slice.',
  },
  'slice-order': {
    category: 'structure',
    meaning: 'The items of a list are not in the order of the slices.',
    action: 'Put them in the order of the profile.',
  },
  'extension-unknown': {
    category: 'structure',
    meaning: 'The definition of an extension is not loaded.',
    action: 'Load the guide that defines it, or correct its URL.',
  },
  'extension-context': {
    category: 'structure',
    meaning: 'An extension stands where its definition does not allow it.',
    action: 'Move it to an element that its definition names.',
  },
  'extension-misused': {
    category: 'structure',
    meaning:
      'An extension that changes meaning is not in modifierExtension, or another is; or its URL has a version.',
    action: 'Put it where its definition says.',
  },
  'code-not-in-value-set': {
    category: 'value',
    meaning: 'A code is not in the value set that it is bound to.',
    action: 'Use a code of the value set.',
  },
  'code-unknown': {
    category: 'value',
    meaning: 'A code is none of its code system, or its system is no code system.',
    action: 'Correct the code or its system.',
  },
  'display-wrong': {
    category: 'value',
    meaning: 'A display is none of the displays that the code system gives the code.',
    action: 'Use the display of the code system, or leave it out.',
  },
  'unit-invalid': {
    category: 'value',
    meaning: 'A unit in the UCUM system is none of UCUM.',
    action: 'Write a UCUM code; case matters.',
  },
  'value-set-undecidable': {
    category: 'data',
    meaning: 'Whether a code is in a value set cannot be said without a terminology server.',
    action: 'Check it with one where it matters.',
  },
  'reference-invalid': {
    category: 'value',
    meaning: 'A reference has none of the forms that FHIR allows.',
    action: 'Write Type/id, an absolute URL, a URN, or # and the id of a contained resource.',
  },
  'reference-target-invalid': {
    category: 'value',
    meaning: 'A reference leads to a resource of a type or profile that is not allowed there.',
    action: 'Refer to one of the types or profiles that the message names.',
  },
  'reference-not-found': {
    category: 'value',
    meaning: 'A reference leads to nothing in the resource, bundle or document that has to carry it.',
    action: 'Add what it names, or correct it.',
  },
  'bundle-invalid': {
    category: 'structure',
    meaning: 'A bundle breaks a rule of bundles: full URLs, links, or entries of its type.',
    action: 'Correct what the message names.',
  },
  'invariant-failed': {
    category: 'value',
    meaning: 'A constraint of FHIR or of a profile does not hold.',
    action: 'Correct the elements that the constraint speaks of.',
  },
  'invariant-undecidable': {
    category: 'data',
    meaning: 'A constraint cannot be evaluated on this resource.',
    action: 'Correct other errors of the resource first.',
  },
  'narrative-invalid': {
    category: 'structure',
    meaning: 'Narrative is not the XHTML that FHIR allows.',
    action: 'Use well-formed XHTML with the elements and attributes that FHIR lists.',
  },
  'text-unsafe': {
    category: 'value',
    meaning: 'A text holds HTML tags, which a page could run.',
    action: 'Send plain text; markup belongs into the narrative.',
  },
  'profile-unknown': {
    category: 'not-found',
    meaning: 'A profile that a resource claims, or that was asked for, is not loaded or cannot be read.',
    action: 'Load the guide that defines it, or correct its URL.',
  },
  'profile-not-satisfied': {
    category: 'value',
    meaning: 'A value satisfies none of the profiles that are allowed there.',
    action: 'Check it against the one that is meant.',
  },
  'answer-invalid': {
    category: 'value',
    meaning: 'An answer, or an item of a QuestionnaireResponse, is not what its Questionnaire asks for.',
    action:
      'Answer the questions of the questionnaire, in its order, with the types and options that it names.',
  },
  'definition-unknown': {
    category: 'not-found',
    meaning: 'What a resource has to be checked against is not loaded, so it is not checked.',
    action: 'Load it with the guide, or send it in the same bundle.',
  },
  'definition-invalid': {
    category: 'value',
    meaning: 'A definitional resource contradicts itself, its base, or what it refers to.',
    action: 'Correct the definition.',
  },
} as const satisfies Record<string, CatalogueEntry>;
