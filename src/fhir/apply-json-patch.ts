import { applyPatch, type Operation } from 'rfc6902';
import { rejection } from '../core/cartograph-error.ts';
import { parseWritten, replaceDecimals } from './written-decimals.ts';

const NEEDS: Readonly<Record<string, readonly string[]>> = {
  add: ['value'],
  remove: [],
  replace: ['value'],
  move: ['from'],
  copy: ['from'],
  test: ['value'],
};

/** The document after all operations (RFC 6902), or `patch-invalid` thrown and nothing changed. */
export function applyJsonPatch(document: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) throw invalid('the body', 'no array', 'an array of operations');
  const checked = operations.map(checkOperation);
  const patched = applied(document, checked);
  const boxed = [document, checked].map((one) => replaceDecimals(one, (text) => `${BOX}${text}`));
  if (boxed[0] === document && boxed[1] === checked) return patched;
  // What is tested has passed, by the values of its numbers; what is left cannot fail.
  const changes = (boxed[1] as readonly Operation[]).filter(({ op }) => op !== 'test');
  return parseWritten(JSON.stringify(applied(boxed[0], changes)).replace(BOXED, '$1'));
}

/** Marks the text of a decimal that must not lose its digits on the way; it is a character of no text. */
const BOX = '\uffff';
const BOXED = /"\uffff(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)"/g;

function applied(document: unknown, operations: readonly Operation[]): unknown {
  const holder = { document: structuredClone(document) };
  const inHolder = operations.map((operation) => ({
    ...operation,
    path: `/document${operation.path}`,
    ...('from' in operation ? { from: `/document${operation.from}` } : {}),
  }));
  const failed = applyPatch(holder, inHolder as Operation[]).findIndex((error) => error !== null);
  if (failed === -1) return holder.document;
  throw invalid(`operation ${failed + 1}`, 'one that cannot be applied', 'one that fits the resource');
}

function checkOperation(operation: unknown, index: number): Operation {
  const name = `operation ${index + 1}`;
  if (typeof operation !== 'object' || operation === null) throw invalid(name, 'no object', 'an object');
  const { op, ...parts } = operation as Readonly<Record<string, unknown>>;
  const needed = typeof op === 'string' && Object.hasOwn(NEEDS, op) ? NEEDS[op] : undefined;
  if (needed === undefined) throw invalid(name, 'another op', Object.keys(NEEDS).join(', '));
  for (const part of needed) if (parts[part] === undefined) throw invalid(name, `no ${part}`, `${part}`);
  for (const pointer of ['path', ...needed.filter((part) => part === 'from')]) {
    const text = parts[pointer];
    const isPointer = typeof text === 'string' && (text === '' || text.startsWith('/'));
    if (!isPointer || /(?:^|\/)(?:__proto__|constructor|prototype)(?:\/|$)/.test(text)) {
      throw invalid(name, `another ${pointer}`, 'a JSON pointer such as /gender');
    }
  }
  return operation as Operation;
}

function invalid(what: string, found: string, expected: string): Error {
  return rejection('patch-invalid', `JSON Patch, ${what}: found ${found}, expected ${expected}`, {
    found,
    expected,
  });
}
