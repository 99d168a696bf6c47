import { type Listening, listen } from '../../src/setup/listen.ts';

beforeEach(() => expect.hasAssertions());

const app = (): void => undefined;
const code = async (work: Promise<Listening>): Promise<string> => {
  const outcome = await work.catch((error: unknown) => error);
  if (outcome instanceof Error && 'code' in outcome) return String(outcome.code);
  await (outcome as Listening).close(AbortSignal.abort());
  return (outcome as Listening).url.replace(/:\d+$/, '');
};

it.each([
  ['127.0.0.1', 'http://127.0.0.1'],
  ['127.3.2.1', 'http://127.3.2.1'],
  ['0.0.0.0', 'bind-refused'],
  ['::', 'bind-refused'],
  ['192.0.2.1', 'bind-refused'],
  ['::ffff:192.0.2.1', 'bind-refused'],
])('at %s: %s', async (host, expected) => {
  expect(await code(listen(app, { host, port: 0 }))).toBe(expected);
});

it.each([
  ['127.0.0.1', 'http://127.0.0.1'],
  ['192.0.2.1', 'bind-refused'],
  ['::', 'bind-refused'],
])('at a name that is %s here: %s', async (address, expected) => {
  const resolve = () => Promise.resolve({ address });
  expect(await code(listen(app, { host: 'localhost', port: 0 }, resolve))).toBe(expected);
});

it('at a port that is taken says so', async () => {
  const first = await listen(app, { host: '127.0.0.1', port: 0 });
  const port = Number(new URL(first.url).port);
  await expect(listen(app, { host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'configuration-invalid',
    findings: [{ found: 'EADDRINUSE' }],
  });
  await first.close(AbortSignal.abort());
});
