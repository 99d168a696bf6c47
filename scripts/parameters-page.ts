/** docs/parameters.md, from the parameters of the derivations and the rule set. */
import { B_CELL_PARAMETERS } from '../src/clinical/parameters/b-cell-parameters.ts';
import { KINETICS_PARAMETERS } from '../src/clinical/parameters/kinetics-parameters.ts';
import type { Parameter } from '../src/clinical/parameters/parameter.ts';
import { RESPONSE_PARAMETERS } from '../src/clinical/parameters/response-parameters.ts';
import { SUPPORTIVE_PARAMETERS } from '../src/clinical/parameters/supportive-parameters.ts';
import { TOXICITY_PARAMETERS } from '../src/clinical/parameters/toxicity-parameters.ts';
import { HCT_DEFAULTS, type HctParameters } from '../src/eligibility/hct-parameters.ts';

export const PARAMETERS_PAGE_FILE = 'docs/parameters.md';

const HEAD = `# Parameters

Generated from the parameter tables in \`src/\` by \`npm run generate\`; do not edit.

What the sources leave open is a named parameter with a default. Every result repeats the values that it was derived with.
The tag tells where a default comes from: \`SOURCE\` a document of the clinical specification,
\`OK-V\`, \`OK-H\`, \`OK-M\` outside knowledge (verified, of high or of medium confidence), \`PROJ\` a convention of this
project. Defaults tagged \`PROJ\` and \`OK-M\` are for a clinician to confirm.

All but those of HCT consolidation, which belong to a rule set with a version, may be set otherwise:

- for a service, by \`CARTOGRAPH_PARAMETERS\`, the path of a JSON file such as \`{"episodeGapHours": 48}\`;
- for one call over HTTP, by the parameter \`parameter\`, repeating, with \`name=value\`:
  \`Patient/{id}/$toxicity?parameter=episodeGapHours=48\`;
- on the command line, by \`--parameter episodeGapHours=48\`, repeating, and \`--parameters FILE\`.

A call goes before a file. A name that is not known, another type, or a value out of its range is refused with
\`parameter-invalid\` (in the settings of a service \`configuration-invalid\`).

| what | by settings | by call | names |
| --- | --- | --- | --- |
| \`$toxicity\`, \`$response\`, \`$b-cell-aplasia\`, \`$car-kinetics\`, \`$risk-factors\`, \`cartograph grade\` | yes | yes | every parameter that the result depends on |
| \`$cart-summary\` | yes | yes | the same, in its results of courses |
| \`/cohort/patients/{id}\`, \`/cohort/adjudications\` | yes | yes | the same; \`parameters\`: what is not as by default |
| \`/cohort/reports/grades\`, \`paired\`, \`swimmer\`; \`cartograph cohort --report\` of them | yes | yes | \`parameters\`: what is not as by default |
| \`/cohort/reports/survival\` and \`cumulative-incidence\`, \`Group/$survival\` and \`$cumulative-incidence\`, \`cartograph cohort\` | strata alone | strata alone | \`parameters\`, in FHIR components \`parameter\` |
| columns added to \`/cohort/analysis-set\` and \`cartograph cohort --report analysis-set\` | yes | yes | a last column \`parameters\` where something is not as by default |
| the toxicity cards of CDS Hooks | yes | | a line of the card |
| \`$time-to-event\`, times of curves and tables, ADTTE, \`cartograph derive\` | fixed | fixed | id and version of the endpoint |
| \`$hct-consolidation\`, its work list, history and cards, \`cartograph hct\` | fixed | fixed | rule set and its parameters |

Endpoints never change with parameters: variants of an endpoint are definitions of their own
([decision 17](decisions/0017-parameters-and-definitions.md)). Where a report or a table is asked for with a parameter that nothing in it
depends on, the call is refused, with those that it may have.
`;

const TABLES: readonly (readonly [string, Readonly<Record<string, Parameter>>])[] = [
  ['Toxicity', TOXICITY_PARAMETERS],
  ['B-cell aplasia', B_CELL_PARAMETERS],
  ['Response, MRD, relapse', RESPONSE_PARAMETERS],
  ['Kinetics', KINETICS_PARAMETERS],
  ['Immunoglobulin, infection, risk, reinfusion', SUPPORTIVE_PARAMETERS],
];

type Meanings<Parameters> = Readonly<Record<Exclude<keyof Parameters, 'asOf'>, string>>;

const HCT: Meanings<HctParameters> = {
  window: 'Reading of "within 6 months".',
  bcaDefinition: 'Named definition of B-cell aplasia.',
  confirm: 'Recovered samples in a row that make a loss.',
  staleDays: 'For so many days an aplastic sample describes the present.',
  toleranceDays: 'Aplasia so many days before the end of the window counts as aplasia to its end.',
  neverAchievedCountsAsLoss: 'Whether aplasia that was never achieved counts as lost.',
  neverAchievedFromDay: 'From this day on a recovered sample shows that aplasia was never achieved.',
  mrdEarliestDay: 'First day after the infusion on which MRD counts.',
  everVsLatest: 'Whether any positive MRD counts, or the latest result alone.',
  requireNgsForNegative: 'Whether only sequencing makes MRD negative.',
  mrdStaleDays: 'A negative MRD older than this gives a caution.',
  highBurden: 'Burden that counts as high.',
  burdenLookbackDays: 'Marrow so many days before lymphodepletion still describes the burden.',
  cayaMaximumAgeYears: 'Completed years at infusion up to which the text speaks of the patient.',
  cd28WindowFromDay: 'First day of the 4 to 8 weeks after a CD28 product.',
  cd28WindowToDay: 'Last day of the 4 to 8 weeks after a CD28 product.',
};

export async function parametersPage(): Promise<string> {
  return [
    HEAD,
    ...TABLES.map(([title, table]) => describedTable(title, table)),
    plainTable('HCT consolidation', '5.2 and 4.7', HCT_DEFAULTS, HCT),
  ].join('\n');
}

function describedTable(title: string, table: Readonly<Record<string, Parameter>>): string {
  const rows = Object.entries(table).map(([name, parameter]) =>
    row([
      `\`${name}\``,
      parameter.value === null ? 'none' : String(parameter.value),
      range(parameter),
      parameter.unit === '1' ? '' : parameter.unit,
      parameter.meaning,
      parameter.tag,
      parameter.source,
    ]),
  );
  const head = ['parameter', 'default', 'allowed', 'unit', 'meaning', 'tag', 'source'];
  return `## ${title}\n\n${[row(head), row(head.map(() => '---')), ...rows].join('\n')}\n`;
}

function plainTable(
  title: string,
  section: string,
  defaults: object,
  meanings: Readonly<Record<string, string>>,
): string {
  const values = new Map<string, unknown>(Object.entries(defaults));
  const rows = Object.entries(meanings).map(([name, meaning]) =>
    row([`\`${name}\``, written(values.get(name)), meaning]),
  );
  const head = ['parameter', 'default', 'meaning'];
  const table = [row(head), row(head.map(() => '---')), ...rows].join('\n');
  return `## ${title}\n\nClinical specification ${section}.\n\n${table}\n`;
}

function range(parameter: Parameter): string {
  if ('choices' in parameter) return parameter.choices.join(', ');
  return 'minimum' in parameter ? `${parameter.minimum} to ${parameter.maximum}` : 'true, false';
}

function written(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name} ${String(each)}`)
    .join(', ');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
}
