import fc from 'fast-check';
import { contentKey, elementNames } from '../../src/mapping/content-key.ts';
import type { Fact, FactValue } from '../../src/mapping/fact.ts';
import type { FactKind } from '../../src/mapping/fact-map.ts';
import { joinFacts } from '../../src/mapping/join-facts.ts';

function fact(
  kind: FactKind,
  elements: Record<string, FactValue>,
  reference = 'Observation/1',
  options: { site?: string; identifiers?: string[] } = {},
): Fact {
  const { site = 'a', identifiers = [] } = options;
  return { kind, elements, sources: [{ reference, path: 'value', site, identifiers }] };
}

function keyOf(elements: Readonly<Record<string, FactValue>>): string {
  return contentKey(elements, elementNames([elements]));
}

function contents(facts: readonly Fact[]): readonly unknown[] {
  return facts.map(({ elements }) => elements).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const RELAPSE = { date: '2022-03-01', status: 'RELAPSE' };

describe('one fact with all its sources', () => {
  it('joins what two resources say alike', () => {
    const joined = joinFacts([
      fact('marrowBlasts', { date: '2021-01-01', percent: 3 }, 'Observation/1'),
      fact('marrowBlasts', { percent: 3, date: '2021-01-01' }, 'Observation/2'),
    ]);
    expect(joined).toHaveLength(1);
    expect(joined[0]?.sources.map(({ reference }) => reference)).toEqual(['Observation/1', 'Observation/2']);
  });

  it('keeps apart what one site identifies apart', () => {
    const elements = { date: '2021-01-01', percent: 3 };
    const one = fact('marrowBlasts', elements, 'Observation/1', { identifiers: ['lab|1'] });
    const two = fact('marrowBlasts', elements, 'Observation/2', { identifiers: ['lab|2'] });
    const elsewhere = fact('marrowBlasts', elements, 'Observation/3', { site: 'b', identifiers: ['x|9'] });
    expect(joinFacts([one, two])).toHaveLength(2);
    expect(joinFacts([one, elsewhere])).toHaveLength(1);
    expect(joinFacts([one, one])).toHaveLength(1);
  });

  it('joins two shapes of one site whatever their identifiers', () => {
    const condition = fact('diseaseStatus', RELAPSE, 'Condition/1', { identifiers: ['c|1'] });
    const observation = fact('diseaseStatus', { ...RELAPSE, cd19: 'NEGATIVE' }, 'Observation/1', {
      identifiers: ['o|1'],
    });
    expect(contents(joinFacts([condition, observation]))).toEqual([{ ...RELAPSE, cd19: 'NEGATIVE' }]);
  });

  it.each<[string, FactKind, Record<string, FactValue>[], Record<string, FactValue>[]]>([
    [
      'remission is CR where CR is said',
      'diseaseStatus',
      [
        { date: '2021-01-29', status: 'REMISSION' },
        { date: '2021-01-29', status: 'CR' },
      ],
      [{ date: '2021-01-29', status: 'CR' }],
    ],
    [
      'remission stays where nothing more is said',
      'diseaseStatus',
      [{ date: '2021-01-29', status: 'REMISSION' }],
      [{ date: '2021-01-29', status: 'REMISSION' }],
    ],
    [
      'another day is another fact',
      'diseaseStatus',
      [
        { date: '2021-01-29', status: 'REMISSION' },
        { date: '2021-01-30', status: 'CR' },
      ],
      [
        { date: '2021-01-29', status: 'REMISSION' },
        { date: '2021-01-30', status: 'CR' },
      ],
    ],
    [
      'site and CD19 class complete each other',
      'diseaseStatus',
      [
        { ...RELAPSE, sites: ['CNS'] },
        { ...RELAPSE, cd19: 'DIM' },
      ],
      [{ ...RELAPSE, cd19: 'DIM', sites: ['CNS'] }],
    ],
    [
      'CD19 unknown gives way to a class',
      'diseaseStatus',
      [
        { ...RELAPSE, cd19: 'UNKNOWN' },
        { ...RELAPSE, cd19: 'POSITIVE' },
      ],
      [{ ...RELAPSE, cd19: 'POSITIVE' }],
    ],
    [
      'two classes stay two facts, the vague one in both',
      'diseaseStatus',
      [{ ...RELAPSE, cd19: 'POSITIVE' }, { ...RELAPSE, cd19: 'NEGATIVE' }, RELAPSE],
      [
        { ...RELAPSE, cd19: 'NEGATIVE' },
        { ...RELAPSE, cd19: 'POSITIVE' },
      ],
    ],
    [
      'a transplantation of unknown kind is the allogeneic one of that day',
      'hct',
      [
        { date: '2021-05-01', kind: 'UNKNOWN' },
        { date: '2021-05-01', kind: 'ALLOGENEIC', donor: 'MSD' },
      ],
      [{ date: '2021-05-01', donor: 'MSD', kind: 'ALLOGENEIC' }],
    ],
    [
      'allogeneic is never autologous',
      'hct',
      [
        { date: '2021-05-01', kind: 'AUTOLOGOUS' },
        { date: '2021-05-01', kind: 'ALLOGENEIC' },
      ],
      [
        { date: '2021-05-01', kind: 'ALLOGENEIC' },
        { date: '2021-05-01', kind: 'AUTOLOGOUS' },
      ],
    ],
    [
      'another method is another fact',
      'mrd',
      [
        { date: '2021-05-01', method: 'NGS', specimen: 'MARROW', call: 'POSITIVE' },
        { date: '2021-05-01', method: 'FCM', specimen: 'MARROW', call: 'NEGATIVE' },
      ],
      [
        { date: '2021-05-01', method: 'FCM', specimen: 'MARROW', call: 'NEGATIVE' },
        { date: '2021-05-01', method: 'NGS', specimen: 'MARROW', call: 'POSITIVE' },
      ],
    ],
    [
      'an undated diagnosis is the dated one',
      'diagnosis',
      [{ kind: 'B_ALL' }, { kind: 'B_ALL', date: '2019-02-03' }],
      [{ date: '2019-02-03', kind: 'B_ALL' }],
    ],
  ])('%s', (_, kind, given, expected) => {
    const facts = given.map((elements, index) => fact(kind, elements, `Observation/${index}`));
    const sorted = expected.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    expect(contents(joinFacts(facts))).toEqual(sorted);
    expect(contents(joinFacts(facts.toReversed()))).toEqual(sorted);
  });

  it('loses no source and does not care for the order', () => {
    const anyFact = fc
      .record({
        date: fc.constantFrom('2021-01-01', '2021-01-02'),
        status: fc.constantFrom('CR', 'CRI', 'REMISSION', 'RELAPSE'),
        cd19: fc.option(fc.constantFrom('POSITIVE', 'NEGATIVE', 'UNKNOWN'), { nil: undefined }),
        sites: fc.option(fc.constantFrom(['CNS'], ['MARROW']), { nil: undefined }),
        id: fc.integer({ min: 1, max: 9 }),
        identifier: fc.option(fc.constantFrom('lab|1', 'lab|2'), { nil: undefined }),
      })
      .map(({ id, identifier, ...elements }) =>
        fact(
          'diseaseStatus',
          Object.fromEntries(Object.entries(elements).filter(([, value]) => value !== undefined)) as Record<
            string,
            FactValue
          >,
          `Observation/${id}`,
          { identifiers: identifier === undefined ? [] : [identifier] },
        ),
      );
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 8 }), fc.nat(), (facts, seed) => {
        const shuffled = facts.toSorted(
          (a, b) => ((keyOf(a.elements).length * seed) % 7) - ((keyOf(b.elements).length * seed) % 7),
        );
        expect(contents(joinFacts(shuffled))).toEqual(contents(joinFacts(facts)));
        const kept = new Set(
          joinFacts(facts).flatMap(({ sources }) => sources.map(({ reference }) => reference)),
        );
        expect([...kept].sort()).toEqual(
          [...new Set(facts.flatMap(({ sources }) => sources.map(({ reference }) => reference)))].sort(),
        );
      }),
    );
  });
});
