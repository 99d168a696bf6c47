/**
 * Whole patients: FHIR in, everything that is derived of their courses out. `CARTOGRAPH_WRITE_GOLDEN=1` writes the
 * bundles and the expected values anew; the difference is read like code, against the story beside it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bundle } from '@medplum/fhirtypes';
import type { Icaht } from '../../src/clinical/blood-counts/icaht.ts';
import type { CourseResults } from '../../src/clinical/course-results.ts';
import type { GradedToxicity } from '../../src/clinical/toxicity/graded-toxicity.ts';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { addDays } from '../../src/core/partial-date.ts';
import { assessHctConsolidation } from '../../src/eligibility/assess-hct-consolidation.ts';
import { deriveHctHistory } from '../../src/eligibility/hct-history.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { deriveResultsOfCourses, isEvaluable } from '../../src/reports/results-of-courses.ts';
import { recordsOfBundles } from '../support/records-of-bundles.ts';
import { readableHistory } from './readable-history.ts';
import { STORIES } from './stories.ts';

const AS_OF = '2025-06-01';
const isWriting = process.env['CARTOGRAPH_WRITE_GOLDEN'] === '1';
const mappings = await loadMappings(fileURLToPath(new URL('../../mappings', import.meta.url)));
const place = (story: string, file: string) => new URL(`./${story}/${file}`, import.meta.url);
const readJson = (file: URL): unknown => JSON.parse(readFileSync(file, 'utf8'));
const writeJson = (file: URL, value: unknown) => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

function graded(toxicity: GradedToxicity) {
  const { occurred, peak, peakStatus, basis, severe, days, reported, flags, openAdjudications } = toxicity;
  return {
    occurred,
    peak,
    peakStatus,
    basis,
    severe,
    onsetDay: toxicity.onsetDay,
    endDay: toxicity.endDay,
    durationDays: toxicity.durationDays,
    peakDay: toxicity.peakDay,
    dailyGrades: Object.fromEntries(days.map(({ day, grade }) => [day, grade ?? null])),
    reported: Object.fromEntries(reported.map(({ system, peak: highest }) => [system, highest])),
    flags,
    open: openAdjudications.map(({ reason }) => reason),
  };
}

function icahtOf({ status, grade, detail, platelets, flags }: Icaht) {
  return { status, grade, detail, platelets, flags };
}

const isMet = ({ status }: { readonly status: string }) => status === 'MET';

/** What a haematologist would look at, without evidence, parameters and dates that follow from the days. */
function readable(results: CourseResults) {
  const { crs, icans, icaht, iecHs, hlh, bCells, immunoglobulin, infections, kinetics } = results;
  const { profile, expansion, areas, flags } = kinetics.blood;
  return {
    course: results.course,
    infusionDate: results.infusionDate,
    crs: {
      ...graded(crs),
      onsetEarly: crs.onsetEarly,
      intensiveCare: crs.intensiveCare.status,
      tocilizumab: crs.tocilizumab.status,
      vasopressor: crs.vasopressor.status,
    },
    icans: { ...graded(icans), tools: icans.tools, baselineCapd: icans.baselineCapd },
    cresReported: Object.fromEntries(results.cres.reported.map(({ system, peak }) => [system, peak])),
    icaht: { early: icahtOf(icaht.early), late: icahtOf(icaht.late) },
    cytopenias: Object.fromEntries(results.cytopenias.map(({ definition, status }) => [definition, status])),
    iecHs: {
      possible: iecHs.possible,
      day: iecHs.day,
      met: [iecHs.required, ...iecHs.common, ...iecHs.further].filter(isMet).map(({ id }) => id),
      minimumGrade: iecHs.proposedMinimumGrade?.grade,
    },
    hlh: {
      status: hlh.status,
      metMin: hlh.metMin,
      metMax: hlh.metMax,
      met: hlh.criteria.filter(isMet).map(({ id }) => id),
    },
    response: Object.fromEntries(
      results.response.map(({ definition, answer, day, antigenClass, site, flags: own }) => [
        definition,
        [answer, day, antigenClass, site, ...own].filter((one) => one !== undefined).join(' '),
      ]),
    ),
    bCells: {
      byDefinition: Object.fromEntries(
        Object.entries(bCells.byDefinition).map(([id, { state, onset, loss, censoredAt }]) => [
          id,
          {
            state,
            onsetDay: onset?.day,
            lossDay: loss?.firstDetected.day,
            lastAplasiaDay: loss?.lastAplasia.day,
            within: loss?.within,
            censored: censoredAt && `${censoredAt.day} ${censoredAt.reason}`,
          },
        ]),
      ),
      discordant: bCells.discordant,
      boundarySensitive: bCells.boundarySensitive,
    },
    hypogammaglobulinaemia: immunoglobulin.hypogammaglobulinaemia,
    infections: { early: infections.early, late: infections.late },
    kinetics: {
      expansion,
      cmax: profile.cmax,
      tmax: profile.tmax,
      tlast: profile.tlast,
      lossBy: profile.lossBy,
      areas: Object.fromEntries(
        areas.map(({ method, auc }) => [method, auc === undefined ? null : Math.round(auc * 100) / 100]),
      ),
      flags,
    },
    riskFlagsMet: results.riskFlags.filter(isMet).map(({ definition }) => definition),
    considerationsMet: results.considerations.filter(isMet).map(({ definition }) => definition),
    reinfusion: {
      met: results.reinfusion.triggers.filter(isMet).map(({ id }) => id),
      flags: results.reinfusion.flags,
      checklist: results.reinfusion.checklist,
    },
  };
}

/** The record that a story's bundle gives, alone and without findings. */
function recordOf(name: string): CohortRecord {
  const bundle = readJson(place(name, 'bundle.json'));
  const [record, ...others] = recordsOfBundles([bundle as Bundle], mappings);
  if (record === undefined) throw new Error('The story gives no record');
  expect(others).toEqual([]);
  // A relapse before the first infusion is told as such, and is no fault.
  expect(record.findings.filter(({ code }) => code !== 'relapse-before-infusion')).toEqual([]);
  return record;
}

function expectGolden(name: string, file: string, found: unknown): void {
  const plain: unknown = JSON.parse(JSON.stringify(found));
  if (isWriting) writeJson(place(name, file), plain);
  expect(plain).toEqual(readJson(place(name, file)));
}

describe('golden stories', () => {
  it.each(Object.entries(STORIES))('%s', (name, story) => {
    if (isWriting) {
      mkdirSync(place(name, '.'), { recursive: true });
      writeJson(place(name, 'bundle.json'), story.toBundle());
    }
    const results = deriveResultsOfCourses(recordOf(name), { asOf: AS_OF });
    expectGolden(name, 'expected.json', results.filter(isEvaluable).map(readable));
  });

  it.each(Object.keys(STORIES))('%s: eligibility for HCT, day by day', (name) => {
    const record = recordOf(name);
    const history = deriveHctHistory(record);
    expectGolden(name, 'hct-history.json', readableHistory(history));
    const { from = AS_OF, to = AS_OF } = history;
    let last = history.changes[0];
    for (let date = from; date <= to; date = addDays(date, 1)) {
      last = history.changes.find((change) => change.date === date) ?? last;
      const { status, statusIfEligible } = assessHctConsolidation(record, date);
      expect([date, status, statusIfEligible]).toEqual([date, last?.status, last?.statusIfEligible]);
    }
  });

  it.each(Object.entries(STORIES))(
    '%s is told in words, and its bundle is what the builder gives',
    (name, story) => {
      expect(readFileSync(place(name, 'story.md'), 'utf8').length).toBeGreaterThan(200);
      expect(readJson(place(name, 'bundle.json'))).toEqual(JSON.parse(JSON.stringify(story.toBundle())));
    },
  );
});
