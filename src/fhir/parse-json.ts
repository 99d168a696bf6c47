/**
 * JSON from bytes, with the place of the first fault. The engine's own message is not passed on, for it quotes the
 * text around the fault, which may be a patient's.
 */
import { rejection } from '../core/cartograph-error.ts';
import { jsonFaultOffset } from './json-fault-offset.ts';

/** Throws `json-malformed` with line and column, both from 1. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    const offset = jsonFaultOffset(text);
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    const column = offset - before.lastIndexOf('\n');
    const found = offset >= text.length ? 'the end of the body' : 'an unexpected character';
    throw rejection('json-malformed', `Not JSON at line ${line}, column ${column}: found ${found}`, {
      found,
      expected: 'well-formed JSON',
    });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw rejection('json-malformed', 'The body is not UTF-8', {
      found: 'bytes that are not UTF-8',
      expected: 'UTF-8',
      cause,
    });
  }
}
