import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { CartographError } from '../core/cartograph-error.ts';
import type { Finding } from '../core/finding.ts';
import type { Hook, HookRequest } from './hook-request.ts';
import { FEEDBACK_SCHEMA, hookRequestSchema } from './hook-request-schema.ts';

const ajv = new Ajv2020({ allErrors: false, strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);

const VALIDATORS: Readonly<Record<Hook, ValidateFunction>> = {
  'patient-view': ajv.compile(hookRequestSchema('patient-view')),
  'order-select': ajv.compile(hookRequestSchema('order-select')),
};
const validateFeedback = ajv.compile(FEEDBACK_SCHEMA);

/** What a clinician did with one card. */
export interface CardFeedback {
  readonly card: string;
  readonly outcome: 'accepted' | 'overridden';
  readonly overrideReason?: { readonly reason?: { readonly code: string; readonly system: string } };
}

/** The call of a service on `hook`. Throws `hook-invalid` naming the element; no value of the call is quoted. */
export function parseHookRequest(body: unknown, hook: Hook): HookRequest {
  const validate = VALIDATORS[hook];
  if (!validate(body)) throw invalid(validate.errors ?? []);
  return body as HookRequest;
}

/** Throws `hook-invalid`. */
export function parseFeedback(body: unknown): readonly CardFeedback[] {
  if (!validateFeedback(body)) throw invalid(validateFeedback.errors ?? []);
  return (body as { readonly feedback: readonly CardFeedback[] }).feedback;
}

function invalid(errors: readonly ErrorObject[]): CartographError {
  const [first] = errors;
  const place = (first?.instancePath ?? '').slice(1).replaceAll('/', '.');
  const finding: Finding = {
    code: 'hook-invalid',
    severity: 'error',
    message: `${place === '' ? 'The call' : place} ${first?.message ?? 'is not valid'}`,
    ...(place === '' ? {} : { expression: place }),
    expected: expectedOf(first),
  };
  return new CartographError(finding);
}

function expectedOf(error: ErrorObject | undefined): string {
  const params: Readonly<Record<string, unknown>> = error?.params ?? {};
  const wanted = params['allowedValue'] ?? params['missingProperty'] ?? params['pattern'] ?? params['format'];
  return wanted === undefined ? (error?.message ?? '') : String(wanted);
}
