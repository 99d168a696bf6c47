import {
  type BCellAplasia,
  bCellStatusAt,
  namedBCellParameters,
} from '../clinical/b-cells/b-cell-aplasia.ts';
import { B_CELL_DEFINITION_IDS, B_CELL_DEFINITIONS } from '../clinical/b-cells/b-cell-definitions.ts';
import { SIX_MONTH_WINDOWS } from '../clinical/b-cells/b-cell-window.ts';
import type { CourseResults } from '../clinical/course-results.ts';
import { daysBetween, type PartialDate } from '../core/partial-date.ts';
import { concept, date, day, part, text } from './course-component.ts';
import type { CourseAnswer } from './course-observation.ts';

/** What `$b-cell-aplasia` says of one course: all eight definitions side by side (clinical specification 3). */
export function bCellAnswers({ bCells }: CourseResults, asOf: PartialDate): readonly CourseAnswer[] {
  return B_CELL_DEFINITION_IDS.map((id) => {
    const aplasia = bCells.byDefinition[id];
    const { definition } = aplasia.parameters;
    return {
      definition,
      version: B_CELL_DEFINITIONS[id].version,
      course: aplasia.course,
      value: { valueCodeableConcept: concept('cartograph-result-b-cell-state', aplasia.state) },
      components: componentsOf(aplasia, asOf),
      parameters: parametersOf(aplasia),
      flags: [
        ...(bCells.discordant ? ['DEFINITIONS_DISCORDANT'] : []),
        ...(bCells.boundarySensitive.includes(id) ? ['BOUNDARY_SENSITIVE'] : []),
        ...(aplasia.preexistingAplasia ? ['PREEXISTING_APLASIA'] : []),
        ...(aplasia.lossUnconfirmed ? ['LOSS_UNCONFIRMED'] : []),
        ...(aplasia.possibleBlastContamination ? ['POSSIBLE_BLAST_CONTAMINATION'] : []),
      ],
      missing: aplasia.firstTest === undefined ? ['b-cells'] : [],
      evidence: aplasia.evidence,
    };
  });
}

/** By their names in the table; the definition is the result's own, not a parameter of it. */
function parametersOf({ parameters }: BCellAplasia): CourseAnswer['parameters'] {
  const { bcaDefinition: _, ...named } = namedBCellParameters(parameters);
  return named;
}

function componentsOf(aplasia: BCellAplasia, asOf: PartialDate): CourseAnswer['components'] {
  const { onset, loss, lastAplasia, censoredAt, infusionDate } = aplasia;
  const today =
    infusionDate === undefined ? undefined : bCellStatusAt(aplasia, daysBetween(infusionDate, asOf));
  return [
    ...part('status-at-as-of', text(today?.status)),
    ...part('onset-date', date(onset?.date)),
    ...part('onset-day', day(onset?.day)),
    ...part('last-aplasia-day', day(lastAplasia?.day)),
    ...part('loss-date', date(loss?.day === loss?.firstDetected.day ? loss?.firstDetected.date : undefined)),
    ...part('loss-day', day(loss?.day)),
    ...part('duration', day(loss?.durationFromOnset)),
    ...SIX_MONTH_WINDOWS.flatMap((window) =>
      part('loss-within', loss === undefined ? undefined : { valueBoolean: loss.within[window] }, window),
    ),
    ...part('end-date', date(censoredAt?.date), censoredAt?.reason),
    ...part('end-day', day(censoredAt?.day), censoredAt?.reason),
  ];
}
