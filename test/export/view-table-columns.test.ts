import { viewTableColumns } from '../../src/export/view-table-columns.ts';
import { compileView } from '../../src/mapping/view/compile-view.ts';

function typeOf(column: object, more: object = {}): unknown {
  const view = compileView({
    resource: 'Patient',
    select: [{ column: [{ name: 'c', path: 'id', ...column }], ...more }],
  });
  return viewTableColumns(view)[0];
}

describe('columns of a view as a table', () => {
  it.each([
    ['boolean', 'boolean'],
    ['integer', 'integer'],
    ['positiveInt', 'integer'],
    ['unsignedInt', 'integer'],
    ['integer64', 'long'],
    ['decimal', 'number'],
    ['instant', 'instant'],
    ['string', 'text'],
    ['code', 'text'],
    ['date', 'text'],
    ['dateTime', 'text'],
    ['time', 'text'],
    ['Quantity', 'json'],
    ['http://hl7.org/fhir/StructureDefinition/decimal', 'number'],
    ['http://hl7.org/fhirpath/System.String', 'text'],
  ])('reads declared %s as %s', (type, cell) => {
    expect(typeOf({ type })).toEqual({ name: 'c', type: cell });
  });

  it.each([
    ['active', 'boolean'],
    ['multipleBirth.ofType(integer)', 'integer'],
    ['name', 'json'],
    ['birthDate', 'text'],
    ['meta.lastUpdated', 'instant'],
    ['name.count()', 'integer'],
    ['name.exists()', 'boolean'],
    ["extension('http://example.org/x').value", 'text'],
  ])('takes the type of %s from R4 where none is declared', (path, cell) => {
    expect(typeOf({ path })).toEqual({ name: 'c', type: cell });
  });

  it.each([
    ['DATE', 'date'],
    ['decimal(10, 2)', 'number'],
    ['TIMESTAMP WITH TIME ZONE', 'instant'],
    ['CHARACTER VARYING(20)', 'text'],
    ['no type', 'text'],
  ])('follows the tag ansi/type %s before the declared type', (value, cell) => {
    expect(typeOf({ type: 'date', tag: [{ name: 'ansi/type', value }] })).toEqual({ name: 'c', type: cell });
  });

  it('marks collections', () => {
    expect(typeOf({ path: 'name.given', collection: true })).toEqual({
      name: 'c',
      type: 'text',
      collection: true,
    });
  });

  it('infers nothing where the branches of a union differ', () => {
    const view = compileView({
      resource: 'Patient',
      select: [
        {
          unionAll: [
            { column: [{ name: 'c', path: 'active' }] },
            { column: [{ name: 'c', path: 'birthDate' }] },
          ],
        },
      ],
    });
    expect(viewTableColumns(view)).toEqual([{ name: 'c', type: 'text' }]);
  });
});
