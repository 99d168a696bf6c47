import type { CatalogueEntry } from './catalogue-entry.ts';

/** Codes of requests over HTTP that are rejected: body, URL, ids, versions and what a caller may do. */
export const REQUEST_CODES = {
  'json-malformed': {
    category: 'structure',
    meaning: 'The body is not well-formed JSON.',
    action: 'Send UTF-8 JSON; the message names the position.',
  },
  'request-malformed': {
    category: 'structure',
    meaning: 'What was sent is no HTTP request that can be read, or its URL and headers are too long.',
    action: 'Send well-formed HTTP; put long searches into the body of a POST to _search.',
  },
  'not-fhir': {
    category: 'structure',
    meaning: 'The body is JSON but not a FHIR resource: it is not an object or has no resourceType.',
    action: 'Send one FHIR R4 resource with a resourceType.',
  },
  'resource-type-unknown': {
    category: 'structure',
    meaning: 'The resourceType is not one of FHIR R4.',
    action: 'Use an R4 resource type; names are case-sensitive.',
  },
  'bundle-type-unsupported': {
    category: 'not-supported',
    meaning: 'The bundle has a type that cannot be posted here.',
    action: 'Post a bundle of type transaction or batch to the base.',
  },
  'element-invalid': {
    category: 'structure',
    meaning: 'An element is missing, or has the wrong JSON type or shape.',
    action: 'Correct the element that the expression names.',
  },
  'date-unparseable': {
    category: 'value',
    meaning: 'A date, dateTime or instant is not one that FHIR allows or that the calendar has.',
    action: 'Write YYYY, YYYY-MM, YYYY-MM-DD, or a full dateTime with a time zone.',
  },
  'reference-unresolved': {
    category: 'not-found',
    meaning: 'A reference inside a transaction, by urn:uuid or by condition, leads to no resource.',
    action: 'Add the entry it names to the bundle, or correct the reference.',
  },
  'reference-ambiguous': {
    category: 'conflict',
    meaning: 'A conditional reference or conditional request matches more than one resource.',
    action: 'Use criteria that one resource meets, such as an identifier.',
  },
  'condition-unsupported': {
    category: 'not-supported',
    meaning:
      'A conditional request or reference has no criteria, or one that a search of the type does not offer or that selects nothing.',
    action: 'Condition on parameters of the CapabilityStatement, each with a value.',
  },
  'method-unsupported': {
    category: 'not-supported',
    meaning: 'The HTTP method is not offered at that place, or not in a bundle entry.',
    action: 'See the CapabilityStatement at /fhir/R4/metadata.',
  },
  'url-invalid': {
    category: 'value',
    meaning: "A bundle entry's request.url does not fit its method.",
    action: 'POST to Type, PUT to Type/id or Type?criteria.',
  },
  'id-invalid': {
    category: 'value',
    meaning: 'A resource id breaks the rule of FHIR: 1 to 64 of A-Z, a-z, 0-9, hyphen and dot.',
    action: 'Correct the id.',
  },
  'id-mismatch': {
    category: 'value',
    meaning: 'The id or type in the body differs from the one in the URL.',
    action: 'Make them equal.',
  },
  'duplicate-target': {
    category: 'conflict',
    meaning: 'Two entries of one transaction name the same resource.',
    action: 'Send one entry for each resource.',
  },
  'site-conflict': {
    category: 'conflict',
    meaning: 'The resource of that id belongs to another site.',
    action: 'Use ids of your own, or the site that owns it.',
  },
  'resource-not-found': {
    category: 'not-found',
    meaning: 'No resource of that type and id is stored.',
    action: 'Check type and id.',
  },
  'resource-deleted': {
    category: 'not-found',
    meaning: 'The resource was deleted; its earlier versions can be read by their numbers.',
    action: 'Read its history, or store it again.',
  },
  'versions-not-kept': {
    category: 'not-found',
    meaning: 'The versions of that time are no longer all kept, so what was known then cannot be told.',
    action: 'Ask about a later instant; CARTOGRAPH_VERSION_RETENTION says how long versions are kept.',
  },
  'precondition-failed': {
    category: 'conflict',
    meaning: 'The resource is not in the version that the request takes it to be in.',
    action: 'Read it again, and repeat the request with its new version.',
  },
  'patch-invalid': {
    category: 'value',
    meaning: 'A JSON Patch is none, or cannot be applied to the resource.',
    action: 'Send an array of operations of RFC 6902 that fit the current version.',
  },
  'route-not-found': {
    category: 'not-found',
    meaning: 'No such place on this server.',
    action: 'See the CapabilityStatement at /fhir/R4/metadata.',
  },
  'parameter-invalid': {
    category: 'value',
    meaning: 'A parameter of an operation or of a call is unknown or has an unacceptable value.',
    action: "See the operation's definition; the message names what was expected.",
  },
  'body-too-large': {
    category: 'too-large',
    meaning: 'The body is larger than the configured limit.',
    action: 'Send smaller bundles or raise CARTOGRAPH_MAX_BODY.',
  },
  'media-type-unsupported': {
    category: 'not-supported',
    meaning: 'The content type is neither application/fhir+json nor application/json.',
    action: 'Send FHIR as JSON.',
  },
  'format-unsupported': {
    category: 'not-supported',
    meaning: 'The answer was asked for in another format than FHIR JSON.',
    action: 'Ask for application/fhir+json by Accept or _format.',
  },
  'access-denied': {
    category: 'forbidden',
    meaning: 'The caller is known but may not do this.',
    action: 'Ask for a scope that covers it.',
  },
} as const satisfies Record<string, CatalogueEntry>;
