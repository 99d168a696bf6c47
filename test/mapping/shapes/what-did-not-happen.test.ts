/** Resources as exports of real systems write them: what is proposed, refuted or undone. One case a shape. */
import type { Resource } from '@medplum/fhirtypes';
import { ATC, about, administration, concept, condition, ICD, SNOMED } from '../../support/fhir-shapes.ts';
import { contentAt, findingCodes, mapResources } from '../../support/map-resources.ts';

const DAY = { date: '2022-03-01' };
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const tisagenlecleucel = (content: object = {}): Resource => ({
  ...administration(`${ATC}|L01XL04`, { effectiveDateTime: '2022-02-20', ...content }),
  id: 'infusion',
});

type Case = [name: string, resources: Resource[], path: string, content: unknown, findings: string[]];
function check(_: string, resources: Resource[], path: string, content: unknown, findings: string[]): void {
  const record = mapResources(...resources);
  expect(contentAt(record, path)).toEqual(content);
  expect(findingCodes(record)).toEqual(findings);
}

describe('what did not happen', () => {
  it.each<Case>([
    [
      'an infusion, by an administration that was not done',
      [tisagenlecleucel({ status: 'not-done' })],
      'observations.collections',
      [{ date: '2022-02-20', kind: 'INFUSION_NOT_DONE' }],
      [],
    ],
    [
      'Down syndrome, refuted',
      [condition(`${ICD}|Q90.9`, { verificationStatus: concept(`${VERIFICATION}|refuted`) })],
      'observations.assertions',
      [{ question: 'DOWN_SYNDROME', answer: 'NO' }],
      [],
    ],
    [
      'B-ALL, refuted in words',
      [condition(`${SNOMED}|277571004`, { verificationStatus: { text: 'Refuted' } })],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'REFUTED', ...DAY }],
      [],
    ],
    [
      'B-ALL, entered in error in words',
      [condition(`${SNOMED}|277571004`, { verificationStatus: { text: 'Entered in Error' } })],
      'disease.diagnoses',
      [],
      [],
    ],
  ])('%s', check);

  it.each([
    ['an order', { intent: 'order' }, 1],
    ['a plan', { intent: 'plan' }, 0],
    ['a proposal', { intent: 'proposal' }, 0],
    ['an option', { intent: 'option' }, 0],
    ['a prohibition', { intent: 'order', doNotPerform: true }, 0],
    ['a draft', { intent: 'order', status: 'draft' }, 0],
    ['a cancelled order', { intent: 'order', status: 'cancelled' }, 0],
  ])('%s of fludarabine', (_, content, expected) => {
    const order = about('MedicationRequest', {
      id: 'order',
      status: 'active',
      authoredOn: '2022-02-15',
      medicationCodeableConcept: concept(`${ATC}|L01BB05`),
      ...content,
    });
    expect(mapResources(tisagenlecleucel(), order).courses[0]?.lymphodepletion).toHaveLength(expected);
  });

  it.each([
    ['active', 1],
    ['completed', 1],
    ['planned', 0],
    ['reserved', 0],
  ])('a stay in intensive care that is %s', (status, expected) => {
    const icu = {
      resourceType: 'Location',
      id: 'icu',
      type: [concept('http://terminology.hl7.org/CodeSystem/v3-RoleCode|ICU')],
    };
    const bed = { resourceType: 'Location', id: 'bed', partOf: { reference: 'Location/icu' } };
    const stay = about('Encounter', {
      status: 'finished',
      location: [{ status, location: { reference: 'Location/bed' }, period: { start: '2022-03-01' } }],
    });
    const record = mapResources(icu as Resource, bed as Resource, stay);
    expect(record.observations.intensiveCare).toHaveLength(expected);
  });
});
