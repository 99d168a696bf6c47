/** HL7's validator on the same resources, in a process of its own: validations a second by case, or why there are none. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findHl7Validator, writeGuide } from '../scripts/hl7-validator.ts';

const ROUND_MS = 2000;

export async function rateHl7(
  cases: readonly { readonly name: string; readonly resource: unknown }[],
): Promise<ReadonlyMap<string, number> | string> {
  const validator = await findHl7Validator();
  if (validator.kind === 'missing') return validator.reason;
  const scratch = await mkdtemp(path.join(tmpdir(), 'bench-'));
  try {
    const { definitions } = await writeGuide(scratch);
    const folder = path.join(scratch, 'cases');
    await mkdir(folder);
    for (const [i, { resource }] of cases.entries()) {
      await writeFile(path.join(folder, `case-${i}.json`), JSON.stringify(resource));
    }
    const output = await validator.run('MeasureSpeed', [definitions, folder, String(ROUND_MS)]);
    const lines = output.split('\n').filter((line) => line.includes('\t'));
    return new Map(
      lines.map((line) => {
        const [file = '', rate = ''] = line.split('\t');
        return [cases[Number(/\d+/.exec(file)?.[0])]?.name ?? file, Number(rate)];
      }),
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
