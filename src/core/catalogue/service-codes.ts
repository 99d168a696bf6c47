import type { CatalogueEntry } from './catalogue-entry.ts';

/** Codes of what runs beside single requests: CDS Hooks, messages, bulk jobs, settings, files and backups. */
export const SERVICE_CODES = {
  'host-unknown': {
    category: 'forbidden',
    meaning: 'The request is for a host that this service does not answer for.',
    action:
      'Call it by localhost or a loopback address, or have the origin added to CARTOGRAPH_PUBLIC_ORIGINS.',
  },
  'origin-refused': {
    category: 'forbidden',
    meaning: 'A web page of an origin that may not call wanted something done.',
    action: 'Have its origin added to CARTOGRAPH_CORS_ORIGINS.',
  },
  'bind-refused': {
    category: 'forbidden',
    meaning: 'The service was told to listen on an address other than loopback, without authorization.',
    action: 'Listen on 127.0.0.1, or ::1, behind a gateway that authenticates.',
  },
  'hook-invalid': {
    category: 'structure',
    meaning: 'The body is no valid call of this CDS service, or its feedback is none.',
    action: 'Send what CDS Hooks 2.0 asks for the hook that discovery names.',
  },
  'client-unauthenticated': {
    category: 'forbidden',
    meaning: 'The caller has shown no valid token of a registered client.',
    action: 'Send a JWT signed with a registered key: iss, aud, exp, iat and jti, and each token once.',
  },
  'hook-data-unavailable': {
    category: 'not-found',
    meaning: 'A CDS service has not what it needs, neither by prefetch nor from the FHIR server of the call.',
    action: 'Send every prefetch key whole, or a FHIR server that the registration names with a valid token.',
  },
  'async-required': {
    category: 'not-supported',
    meaning: 'The operation runs in the background only, and the request does not ask for that.',
    action: 'Send the header Prefer: respond-async.',
  },
  'too-many-jobs': {
    category: 'busy',
    meaning: 'As many bulk jobs as the settings allow are waiting or running.',
    action: 'Repeat the request after the seconds of Retry-After, or end a job with DELETE.',
  },
  'job-not-found': {
    category: 'not-found',
    meaning: 'There is no such bulk job or file: it was cancelled, has expired, or is not for this caller.',
    action: 'Start a new job.',
  },
  'job-abandoned': {
    category: 'fault',
    meaning: 'The service died again and again while it worked on this job, which was given up.',
    action: 'Look into the log for why, and ask for less at a time.',
  },
  'import-source-refused': {
    category: 'forbidden',
    meaning: 'An import names a folder, file or host that the settings do not allow to read from.',
    action: 'Use one of CARTOGRAPH_IMPORT_FOLDERS or CARTOGRAPH_IMPORT_HOSTS, or have it added there.',
  },
  'import-source-unreadable': {
    category: 'not-found',
    meaning: 'A file that is to be imported cannot be read, or not to its end.',
    action: 'See the message; an import that is started again stores nothing twice.',
  },
  'import-at-work': {
    category: 'conflict',
    meaning:
      'A person cannot be erased for good while an import waits or runs, for its files may hold the person.',
    action: 'Erase when it is done, or end it with --cancel-imports.',
  },
  'service-busy': {
    category: 'busy',
    meaning: 'The database cannot be reached or the service is stopping.',
    action: 'Repeat the request later; nothing of it was stored.',
  },
  'internal-fault': {
    category: 'fault',
    meaning: 'A defect of this service.',
    action: 'Report it with the correlation id.',
  },
  'configuration-invalid': {
    category: 'value',
    meaning: 'A setting has an unacceptable value, or a name that is none.',
    action: 'Correct the setting that the message names.',
  },
  'file-unreadable': {
    category: 'not-found',
    meaning: 'An input file or folder is missing or cannot be read.',
    action: 'Check the path.',
  },
  'message-id-reused': {
    category: 'conflict',
    meaning: 'A message with the id of an earlier one brings something else.',
    action: 'Give every message an id of its own; only a message that is sent again keeps it.',
  },
  'backup-invalid': {
    category: 'structure',
    meaning: 'A backup lacks files, was changed, or is of a later version.',
    action: 'Take another backup, or the version of the software that made it.',
  },
  'database-not-empty': {
    category: 'conflict',
    meaning: 'A backup would take the place of what is stored.',
    action: 'Restore into an empty database, or say --replace.',
  },
} as const satisfies Record<string, CatalogueEntry>;
