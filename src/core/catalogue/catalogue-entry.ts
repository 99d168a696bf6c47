/** What kind of trouble it is; `http/` and `fhir/` translate it to a status and an OperationOutcome issue type. */
export type Category =
  | 'structure' // the body is not what FHIR or JSON allows
  | 'value' // an element's value is not acceptable
  | 'not-found' // an id or reference leads nowhere
  | 'not-supported' // legal FHIR that this service does not do
  | 'conflict' // two things that exclude each other
  | 'too-large' // over a configured limit
  | 'forbidden' // the caller may not
  | 'busy' // try again later
  | 'fault' // our own defect
  | 'data'; // a finding about clinical data; never rejects a request

export interface CatalogueEntry {
  readonly category: Category;
  /** What it means, for the errors page. */
  readonly meaning: string;
  /** What the reader can do about it. */
  readonly action: string;
}
