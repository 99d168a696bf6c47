import { readFile } from 'node:fs/promises';
import type { ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import { readParameterOverrides } from '../clinical/parameters/read-overrides.ts';
import { CartographError, rejection } from '../core/cartograph-error.ts';
import type { Finding } from '../core/finding.ts';

/**
 * Clinical parameters from a JSON file of names and values. Throws `file-unreadable`, or `configuration-invalid` with a
 * finding for each name that is not known and each value that is not allowed.
 */
export async function loadParameters(file: string): Promise<ParameterOverrides> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw rejection('file-unreadable', 'The file of parameters cannot be read', { found: file, cause });
  });
  return readSetting(parse(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw rejection(
      'configuration-invalid',
      `The file of parameters is not JSON: ${(cause as Error).message}`,
      {
        expected: '{"name": value, …}',
        cause,
      },
    );
  }
}

function readSetting(content: unknown): ParameterOverrides {
  try {
    return readParameterOverrides(content);
  } catch (cause) {
    if (!(cause instanceof CartographError)) throw cause;
    const named = (finding: Finding): Finding => ({ ...finding, code: 'configuration-invalid' });
    const [first, ...rest] = cause.findings;
    if (first === undefined) throw cause;
    throw new CartographError([named(first), ...rest.map(named)], { cause });
  }
}
