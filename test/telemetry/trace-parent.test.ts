import { parseTraceParent } from '../../src/telemetry/trace-parent.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

beforeEach(() => expect.hasAssertions());

it.each([
  [`00-${TRACE}-${SPAN}-01`, 1],
  [`00-${TRACE}-${SPAN}-00`, 0],
  [`00-${TRACE}-${SPAN}-03`, 1],
  [`cc-${TRACE}-${SPAN}-01-what-comes-later`, 1],
  [` 00-${TRACE}-${SPAN}-01 `, 1],
])('reads %s', (header, traceFlags) => {
  expect(parseTraceParent(header, undefined)).toEqual({
    traceId: TRACE,
    spanId: SPAN,
    traceFlags,
    isRemote: true,
  });
});

it('hands the state of other systems on', () => {
  expect(parseTraceParent(`00-${TRACE}-${SPAN}-01`, 'congo=t61rcWkgMzE')?.traceState?.get('congo')).toBe(
    't61rcWkgMzE',
  );
});

it.each([
  '',
  'x',
  `ff-${TRACE}-${SPAN}-01`,
  `00-${TRACE}-${SPAN}-01-more`,
  `00-${'0'.repeat(32)}-${SPAN}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  `00-${TRACE}-${SPAN}`,
])('takes "%s" for none', (header) => {
  expect(parseTraceParent(header, undefined)).toBeUndefined();
});
