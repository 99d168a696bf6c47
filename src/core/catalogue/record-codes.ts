import type { CatalogueEntry } from './catalogue-entry.ts';

/** Codes of findings that mapping makes about clinical data; they stand in the record and reject nothing. */
export const RECORD_CODES = {
  'code-unmapped': {
    category: 'data',
    meaning: 'A code or text that could carry a fact of the CAR-T course has no map.',
    action: "Add it to the site's concept maps.",
  },
  'matched-by-text': {
    category: 'data',
    meaning: 'A concept was recognised by its text alone, not by a code.',
    action: 'Confirm the fact; send a code if there is one.',
  },
  'unit-unknown': {
    category: 'data',
    meaning: 'A quantity has a unit that does not convert to the canonical one; the value is not used.',
    action: 'Send a UCUM code.',
  },
  'unit-by-text': {
    category: 'data',
    meaning: 'A quantity has no UCUM code; its unit was recognised by the unit text.',
    action: 'Send a UCUM code.',
  },
  'value-unreadable': {
    category: 'data',
    meaning: 'A resource that should carry a fact has no value that can be read.',
    action: 'Correct the element that the expression names.',
  },
  'value-out-of-range': {
    category: 'data',
    meaning: 'A value lies outside what is possible; it is not used.',
    action: 'Correct the value at the source.',
  },
  'date-missing': {
    category: 'data',
    meaning: 'A resource that should carry a fact has no clinical date; the fact is not used.',
    action: 'Send effective, performed or onset.',
  },
  'date-imprecise': {
    category: 'data',
    meaning: 'A date is known to the month or year only.',
    action: 'Send the full date if it is known.',
  },
  'date-recorded-only': {
    category: 'data',
    meaning: 'The clinical date is missing; the date of recording stands in for it.',
    action: 'Send onset if it is known.',
  },
  'date-impossible': {
    category: 'data',
    meaning:
      'A fact is dated before the birth of the patient, or something was done or measured after the death.',
    action: 'Correct the date at the source.',
  },
  'date-in-future': {
    category: 'data',
    meaning: 'A resource is dated after it was received; its date does not count as contact.',
    action: 'Correct the date at the source.',
  },
  'date-in-utc': {
    category: 'data',
    meaning: 'Instants arrive in UTC and the site names no time zone; calendar dates are taken as written.',
    action: "Set timeZone in the site's overlay.",
  },
  'death-undated': {
    category: 'data',
    meaning: 'The patient is dead at an unknown date; endpoints that need it are indeterminate.',
    action: 'Send deceasedDateTime.',
  },
  'values-conflict': {
    category: 'data',
    meaning: 'Two sources contradict each other; the message says which is used.',
    action: 'Correct one of them at the source.',
  },
  'status-preliminary': {
    category: 'data',
    meaning: 'A preliminary result is used.',
    action: 'Send the final result when it is there.',
  },
  'status-unconfirmed': {
    category: 'data',
    meaning: 'A condition is unconfirmed, provisional or differential; it does not count as present.',
    action: 'Confirm or refute it at the source.',
  },
  'assertion-contradicted': {
    category: 'data',
    meaning: 'An explicit "never" contradicts a recorded fact.',
    action: 'Correct the assertion or the fact.',
  },
  'infusion-without-product': {
    category: 'data',
    meaning: 'A CAR-T infusion names no product.',
    action: 'Send the product, or a code that names it.',
  },
  'relapse-before-infusion': {
    category: 'data',
    meaning:
      'A relapse is dated before the first CAR-T infusion; it is part of the history, no event of a course.',
    action: 'Correct the date if the relapse came after the infusion.',
  },
  'diagnosis-repeated': {
    category: 'data',
    meaning:
      'An encounter repeats a diagnosis that was recorded before, without an onset; it is no new event.',
    action: 'Send an onset if it is one.',
  },
  'therapy-intent-assumed': {
    category: 'data',
    meaning: 'A therapy carries no intent; it was classed by the agent.',
    action: 'Send the native intent.',
  },
  'order-without-administration': {
    category: 'data',
    meaning:
      'A lymphodepleting drug was ordered and no administration of it was sent; the order stands in for it.',
    action: 'Send the MedicationAdministration.',
  },
  'reference-dangling': {
    category: 'data',
    meaning: 'A reference names a resource that is not here; it may come later.',
    action: 'Send the resource it names.',
  },
  'patient-unknown': {
    category: 'data',
    meaning: 'A resource names a patient that is not here, or none.',
    action: 'Send the Patient resource.',
  },
  'subject-ambiguous': {
    category: 'data',
    meaning:
      'A resource names its patient by an identifier that patients who are not one person share; it belongs to nobody.',
    action: 'Send a reference to the Patient resource, or correct the identifier.',
  },
  'identity-conflict': {
    category: 'data',
    meaning: 'Two patients share an identifier but have different full birth dates; they were not joined.',
    action: 'Correct the identifier or the birth date.',
  },
  'code-inexact': {
    category: 'data',
    meaning: 'A code says less than what it is taken for, such as LOINC 8117-4, "of which cells" unsaid.',
    action: "Confirm the meaning in the site's concept map.",
  },
} as const satisfies Record<string, CatalogueEntry>;
