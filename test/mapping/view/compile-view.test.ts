import { compileView } from '../../../src/mapping/view/compile-view.ts';

const PATIENT = {
  resourceType: 'Patient',
  id: 'p1',
  active: true,
  name: [
    { use: 'official', family: 'F1', given: ['G1', 'G2'] },
    { use: 'old', family: 'F2' },
  ],
  contact: [
    { gender: 'female', telecom: [{ value: 't1' }, { value: 't2' }] },
    { gender: 'male', telecom: [{ value: 't3' }] },
  ],
};

const ID = { name: 'id', path: 'id' };

function rowsOf(
  select: readonly object[],
  more: object = {},
  resource: unknown = PATIENT,
): readonly unknown[] {
  return compileView({ resource: 'Patient', select, ...more }).rows(resource);
}

describe('rows', () => {
  it('has null for what is absent and arrays for collections', () => {
    const columns = [
      ID,
      { name: 'born', path: 'birthDate' },
      { name: 'given', path: 'name.given', collection: true },
    ];
    expect(rowsOf([{ column: columns }])).toEqual([{ id: 'p1', born: null, given: ['G1', 'G2'] }]);
  });

  it('has none for a resource of another type or for what is no resource', () => {
    expect(rowsOf([{ column: [ID] }], {}, { resourceType: 'Group', id: 'g' })).toEqual([]);
    expect(rowsOf([{ column: [ID] }], {}, null)).toEqual([]);
    expect(rowsOf([{ column: [ID] }], {}, 'Patient')).toEqual([]);
  });

  it('keeps a row for an empty forEachOrNull, its literals and existence tests evaluated on nothing', () => {
    const column = [
      { name: 'index', path: '%rowIndex' },
      { name: 'kind', path: "'address'" },
      { name: 'city', path: 'city' },
      { name: 'known', path: 'city.exists()' },
    ];
    expect(rowsOf([{ forEachOrNull: 'address', column }])).toEqual([
      { index: 0, kind: 'address', city: null, known: false },
    ]);
    expect(rowsOf([{ forEach: 'address', column }])).toEqual([]);
  });

  it('does not mix up the elements of siblings that both iterate', () => {
    const select = [
      {
        forEach: 'contact',
        select: [
          { forEach: 'telecom', column: [{ name: 'telecom', path: 'value' }] },
          { column: [{ name: 'gender', path: 'gender' }] },
        ],
      },
      {
        forEach: 'name',
        column: [
          { name: 'family', path: 'family' },
          { name: 'at', path: '%rowIndex' },
        ],
      },
    ];
    expect(rowsOf(select)).toEqual([
      { telecom: 't1', gender: 'female', family: 'F1', at: 0 },
      { telecom: 't1', gender: 'female', family: 'F2', at: 1 },
      { telecom: 't2', gender: 'female', family: 'F1', at: 0 },
      { telecom: 't2', gender: 'female', family: 'F2', at: 1 },
      { telecom: 't3', gender: 'male', family: 'F1', at: 0 },
      { telecom: 't3', gender: 'male', family: 'F2', at: 1 },
    ]);
  });

  it('takes where only for certainly true', () => {
    const where = (path: string): readonly unknown[] => rowsOf([{ column: [ID] }], { where: [{ path }] });
    expect(where('active')).toEqual([{ id: 'p1' }]);
    expect(where('active = false')).toEqual([]);
    expect(where("gender = 'male'")).toEqual([]);
    expect(where("(gender = 'male').not()")).toEqual([]);
    expect(
      rowsOf([{ column: [ID] }], { where: [{ path: 'active' }, { path: 'birthDate.exists()' }] }),
    ).toEqual([]);
  });

  it('knows constants of every kind', () => {
    const constant = [
      { name: 'use', valueCode: 'old' },
      { name: 'first', valueInteger: 0 },
      { name: 'on', valueBoolean: true },
    ];
    const column = [
      { name: 'old', path: 'name.where(use = %use).family' },
      { name: 'first', path: 'name[%first].family' },
      { name: 'same', path: 'active = %on' },
    ];
    expect(rowsOf([{ column }], { constant })).toEqual([{ old: 'F2', first: 'F1', same: true }]);
  });

  it('runs again after a failure as if nothing had happened', () => {
    const view = compileView({
      resource: 'Patient',
      select: [{ column: [{ name: 'f', path: 'name.family' }] }],
    });
    expect(() => view.rows(PATIENT)).toThrow(
      expect.objectContaining({
        code: 'expression-failed',
        message: 'View Patient, expression "name.family": column f has no collection but finds 2 values',
      }),
    );
    expect(view.rows({ resourceType: 'Patient', name: [{ family: 'F' }] })).toEqual([{ f: 'F' }]);
  });

  it('leaves single expressions to the library and says which', () => {
    const view = compileView({
      resource: 'Patient',
      select: [
        { column: [ID, { name: 'm', path: 'id.toChars().first()' }, { name: 'x', path: 'nmae.family' }] },
      ],
    });
    expect(view.rows(PATIENT)).toEqual([{ id: 'p1', m: 'p', x: null }]);
    expect([view.compiledExpressions, view.totalExpressions]).toEqual([2, 3]);
    expect(view.fallbacks).toEqual([{ source: 'id.toChars().first()', reason: 'function toChars' }]);
    expect(view.unknownElements).toEqual(['Patient.nmae']);
  });

  it('describes its columns', () => {
    const tag = [{ name: 'ansi/type', value: 'TEXT' }];
    const column = [{ ...ID, type: 'id', description: 'Key', tag }];
    const union = [
      { column: [{ name: 'v', path: 'gender', type: 'code' }] },
      { column: [{ name: 'v', path: 'language', type: 'code' }] },
    ];
    const view = compileView({
      resource: 'Patient',
      name: 'patients',
      select: [{ column, unionAll: union }],
    });
    expect(view.name).toBe('patients');
    expect(view.columns).toEqual([
      {
        name: 'id',
        path: 'id',
        type: 'id',
        inferredType: 'string',
        collection: false,
        description: 'Key',
        tags: tag,
      },
      { name: 'v', path: 'gender', type: 'code', inferredType: 'code', collection: false, tags: [] },
    ]);
  });
});

describe('what is wrong with a view', () => {
  const column = [ID];
  it.each([
    ['ViewDefinition', 7],
    ['ViewDefinition', { select: [{ column }] }],
    ['ViewDefinition', { resource: 'Patient' }],
    ['ViewDefinition.select', { resource: 'Patient', select: [] }],
    ['ViewDefinition.resource', { resource: 'Pateint', select: [{ column }] }],
    ['ViewDefinition.resource', { resource: 'Quantity', select: [{ column }] }],
    ['ViewDefinition.select[0]', { resource: 'Patient', select: [{ foreach: 'name', column }] }],
    [
      'ViewDefinition.select[0].column[0].name',
      { resource: 'Patient', select: [{ column: [{ name: '_a', path: 'id' }] }] },
    ],
    ['ViewDefinition.select[0].column[0]', { resource: 'Patient', select: [{ column: [{ name: 'a' }] }] }],
    [
      'ViewDefinition.select[0].column[0].path',
      { resource: 'Patient', select: [{ column: [{ name: 'a', path: 'id.' }] }] },
    ],
    [
      'ViewDefinition.select[0].column[0].path',
      { resource: 'Patient', select: [{ column: [{ name: 'a', path: '%b' }] }] },
    ],
    ['ViewDefinition.select', { resource: 'Patient', select: [{ column }, { column }] }],
    [
      'ViewDefinition.select[0]',
      { resource: 'Patient', select: [{ forEach: 'name', forEachOrNull: 'name', column }] },
    ],
    ['ViewDefinition.select[0].forEach', { resource: 'Patient', select: [{ forEach: '@@', column }] }],
    [
      'ViewDefinition.select[0].select[0].repeat[1]',
      { resource: 'Patient', select: [{ select: [{ repeat: ['name', '('], column }] }] },
    ],
    [
      'ViewDefinition.where[1].path',
      { resource: 'Patient', select: [{ column }], where: [{ path: 'active' }, { path: 'id' }] },
    ],
    ['ViewDefinition.constant[0]', { resource: 'Patient', select: [{ column }], constant: [{ name: 'a' }] }],
    [
      'ViewDefinition.constant[0]',
      { resource: 'Patient', select: [{ column }], constant: [{ name: 'a', valueCode: 'x', valueId: 'x' }] },
    ],
    [
      'ViewDefinition.constant[1].name',
      {
        resource: 'Patient',
        select: [{ column }],
        constant: [
          { name: 'a', valueCode: 'x' },
          { name: 'a', valueId: 'x' },
        ],
      },
    ],
    [
      'ViewDefinition.select[0].unionAll[1]',
      {
        resource: 'Patient',
        select: [{ unionAll: [{ column }, { column: [{ name: 'other', path: 'id' }] }] }],
      },
    ],
    [
      'ViewDefinition.select[0].unionAll[1]',
      { resource: 'Patient', select: [{ unionAll: [{ column }, { column: [{ ...ID, type: 'id' }] }] }] },
    ],
  ])('is said of %s', (expression, view) => {
    expect(() => compileView(view)).toThrow(
      expect.objectContaining({
        code: 'mapping-invalid',
        findings: [expect.objectContaining({ expression })],
      }),
    );
  });

  it('includes a depth that no view needs', () => {
    let select: object = { column };
    for (let depth = 0; depth < 10_000; depth++) select = { select: [select] };
    expect(() => compileView({ resource: 'Patient', select: [select] })).toThrow(/nested deeper/);
  });
});
