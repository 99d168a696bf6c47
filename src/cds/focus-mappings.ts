import type { FactKind } from '../mapping/fact-map.ts';
import type { CompiledFactMap, Mappings, SiteMappings, TypeRules } from '../mapping/mappings.ts';
import { WatchedWords } from '../mapping/watched-words.ts';

/** What a service is about; it decides which facts are read. */
export type Focus = 'ELIGIBILITY' | 'TOXICITY';

/**
 * Facts that a service does not ask about. They are most of what a ward writes: left unread, a call about HCT costs
 * half. That the patient was seen on their days is read all the same, from every resource.
 */
const UNASKED: Readonly<Record<Focus, ReadonlySet<FactKind>>> = {
  ELIGIBILITY: new Set<FactKind>([
    'clinicalSign',
    'fludarabineExposure',
    'infection',
    'intensiveCare',
    'neuroAssessment',
    'oxygenSupport',
    'toxicityGrade',
    'transgene',
    'vitalSign',
  ]),
  TOXICITY: new Set<FactKind>([
    'bCells',
    'cytogenetics',
    'fludarabineExposure',
    'infection',
    'intensiveCare',
    'laboratory',
    'neuroAssessment',
    'transgene',
  ]),
};

/** The same mappings without those facts, and without findings on codes that nobody will see. */
export function focusMappings(mappings: Mappings, focus: Focus): Mappings {
  const focused = new Map<string, SiteMappings>();
  return {
    ...mappings,
    watchedWords: new WatchedWords([]),
    forSite: (site) => {
      let known = focused.get(site);
      if (known === undefined) {
        known = focusSite(mappings.forSite(site), UNASKED[focus]);
        focused.set(site, known);
      }
      return known;
    },
  };
}

function focusSite(site: SiteMappings, unasked: ReadonlySet<FactKind>): SiteMappings {
  const rules = new Map([...site.rules].map(([type, rule]) => [type, focusRules(rule, unasked)]));
  return { ...site, rules };
}

function focusRules({ always, recognisers }: TypeRules, unasked: ReadonlySet<FactKind>): TypeRules {
  const isAsked = ({ fact }: CompiledFactMap): boolean => !unasked.has(fact);
  return {
    always: always.filter(isAsked),
    recognisers: recognisers.map((recogniser) => ({
      ...recogniser,
      byKind: new Map([...recogniser.byKind].map(([kind, maps]) => [kind, maps.filter(isAsked)])),
      patterns: recogniser.patterns.filter(({ map }) => isAsked(map)),
    })),
  };
}
