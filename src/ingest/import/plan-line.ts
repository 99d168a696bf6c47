/** A line of NDJSON as the write that it asks for. */
import type { Resource } from '@medplum/fhirtypes';
import { CartographError } from '../../core/cartograph-error.ts';
import type { Finding } from '../../core/finding.ts';
import { checkStructure, isResourceId } from '../../fhir/check-structure.ts';
import { parseJson } from '../../fhir/parse-json.ts';
import type { PlannedWrite } from '../../fhir/plan-entry.ts';
import type { Line } from '../../fhir/read-lines.ts';

export type PlannedLine =
  | { readonly line: number; readonly write: PlannedWrite; readonly bytes: number }
  | { readonly line: number; readonly findings: readonly Finding[] };

/** An update by id, so that a line that is read again changes nothing; or what is wrong with the line. */
export function planLine({ bytes, line, isTooLong }: Line, maxBytes: number): PlannedLine {
  if (isTooLong === true) return { line, findings: [tooLong(maxBytes)] };
  let value: unknown;
  try {
    value = parseJson(bytes);
  } catch (error) {
    if (error instanceof CartographError) return { line, findings: error.findings };
    throw error;
  }
  const faults = checkStructure(value);
  if (faults.length > 0) return { line, findings: faults };
  const resource = value as Resource;
  const { resourceType: type, id } = resource;
  if (id === undefined || !isResourceId(id)) return { line, findings: [idMissing(type)] };
  const write: PlannedWrite = {
    kind: 'write',
    path: type,
    resourcePath: type,
    interaction: { kind: 'update', type, id },
    resource,
  };
  return { line, write, bytes: bytes.length };
}

function idMissing(type: string): Finding {
  const expression = `${type}.id`;
  return {
    code: 'id-invalid',
    severity: 'error',
    message: `${expression}: what is imported is stored under its own id`,
    expression,
    found: 'no id',
    expected: '1 to 64 of A-Z, a-z, 0-9, hyphen and dot',
  };
}

function tooLong(maxBytes: number): Finding {
  return {
    code: 'body-too-large',
    severity: 'error',
    message: `The line is longer than ${maxBytes} bytes`,
    found: 'more',
    expected: `at most ${maxBytes} bytes`,
  };
}
