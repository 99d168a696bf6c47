/** The payloads of the FHIR test cases, judged by the text of CDS Hooks 2.0. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hook } from '../../src/cds/hook-request.ts';
import { parseHookRequest } from '../../src/cds/parse-hook-request.ts';
import { isDiscovery, isHookResponse } from '../support/cds-hooks-schemas.ts';

const FOLDER = join(process.env['CARTOGRAPH_SHARED'] ?? '../shared', 'fhir/cds-hooks');
const isThere = existsSync(FOLDER);
if (!isThere) process.stderr.write(`Skipped: ${FOLDER} is not here\n`);
const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));

(isThere ? describe : describe.skip)('payloads of others', () => {
  it.each<readonly [string, Hook, string | undefined]>([
    ['patient-view-good', 'patient-view', undefined],
    ['patient-view-bad', 'patient-view', 'context.patientId'],
    ['order-select-good', 'order-select', undefined],
    ['order-select-bad', 'order-select', 'context.patientId'],
    ['order-select-extensions', 'order-select', 'context'],
    ['order-sign-good', 'order-select', 'hook'],
    ['order-sign-good', 'patient-view', 'hook'],
    ['order-sign-bad-1', 'order-select', 'hook'],
    ['order-sign-bad-2', 'patient-view', 'hook'],
  ])('request %s to a service on %s', (name, hook, place) => {
    const body = read(`cdshooks-request-${name}.json`);
    if (place === undefined) {
      expect(parseHookRequest(body, hook)).toBe(body);
      return;
    }
    expect(() => parseHookRequest(body, hook)).toThrow(
      expect.objectContaining({
        code: 'hook-invalid',
        findings: [expect.objectContaining({ expression: place })],
      }),
    );
  });

  it.each([
    ['empty', true],
    ['link', true],
    ['no-link', true],
    ['two-cards', true],
    ['empty2', false],
    ['empty-source', false],
    ['source-link', false],
    ['suggestion', false],
  ])('response %s', (name, expected) => {
    expect(isHookResponse(read(`cdshooks-response-${name}.json`))).toBe(expected);
  });

  it('services', () => {
    expect(isDiscovery(read('cdshooks-services-order-select-extensions.json'))).toBe(true);
  });
});
