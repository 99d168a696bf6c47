import type { FactKind } from '../mapping/fact-map.ts';
import type { CompiledFactMap, Mappings, SiteMappings, TypeRules } from '../mapping/mappings.ts';

/**
 * Facts that no service here asks about. They are most of what a ward writes: left unread, a call costs half. That the
 * patient was seen on their days is read all the same, from every resource.
 */
const UNASKED: ReadonlySet<FactKind> = new Set<FactKind>([
  'clinicalSign',
  'fludarabineExposure',
  'infection',
  'intensiveCare',
  'neuroAssessment',
  'oxygenSupport',
  'toxicityGrade',
  'transgene',
  'vitalSign',
]);

/** The same mappings without those facts, and without findings on codes that nobody will see. */
export function focusMappings(mappings: Mappings): Mappings {
  const focused = new Map<string, SiteMappings>();
  return {
    ...mappings,
    watchedWords: [],
    forSite: (site) => {
      let known = focused.get(site);
      if (known === undefined) {
        known = focusSite(mappings.forSite(site));
        focused.set(site, known);
      }
      return known;
    },
  };
}

function focusSite(site: SiteMappings): SiteMappings {
  const rules = new Map([...site.rules].map(([type, rule]) => [type, focusRules(rule)]));
  return { ...site, rules };
}

function focusRules({ always, recognisers }: TypeRules): TypeRules {
  const isAsked = ({ fact }: CompiledFactMap): boolean => !UNASKED.has(fact);
  return {
    always: always.filter(isAsked),
    recognisers: recognisers.map((recogniser) => ({
      ...recogniser,
      byKind: new Map([...recogniser.byKind].map(([kind, maps]) => [kind, maps.filter(isAsked)])),
      patterns: recogniser.patterns.filter(({ map }) => isAsked(map)),
    })),
  };
}
