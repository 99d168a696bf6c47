import type { CatalogueEntry } from './catalogue-entry.ts';

/** Codes of what people write for their own analyses: mapping files, views, tables and reports. */
export const ANALYSIS_CODES = {
  'mapping-invalid': {
    category: 'structure',
    meaning: 'A mapping file breaks its schema, names something that does not exist, or contradicts another.',
    action: 'Correct the file and path that the message names.',
  },
  'expression-failed': {
    category: 'data',
    meaning:
      'A FHIRPath expression cannot be applied to a resource, as when one value is expected and several are there.',
    action: 'Correct the resource, or let the expression choose one value.',
  },
  'cell-type-mismatch': {
    category: 'data',
    meaning: 'A value of a table does not have the type of its column, in a format that has types.',
    action: 'Correct the value or the type that the view declares, or write NDJSON or CSV.',
  },
  'statistics-input-invalid': {
    category: 'value',
    meaning: 'A table for statistics has rows or columns that no method can use.',
    action: 'Correct the rows and columns that the messages name.',
  },
  'immortal-time-bias': {
    category: 'value',
    meaning:
      'Groups by something that happens after the clock has started were asked for: who lives longer has more time to get into the group.',
    action: 'Ask for a landmark or for the time-varying form, as the message says.',
  },
  'competing-risks-ignored': {
    category: 'value',
    meaning: 'Survival was asked for an endpoint with competing events; 1 minus it would be too large.',
    action: 'Ask for the cumulative incidence.',
  },
} as const satisfies Record<string, CatalogueEntry>;
