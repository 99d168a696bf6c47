import type { Request } from 'express';

const RETURNS = ['minimal', 'representation', 'OperationOutcome'] as const;

/** What `Prefer: return=` asks to come back of a write; undefined where it asks for nothing that FHIR knows. */
export function preferredReturn(req: Request): (typeof RETURNS)[number] | undefined {
  const wanted = /\breturn=(\w+)/.exec(req.get('prefer') ?? '')?.[1];
  return RETURNS.find((one) => one === wanted);
}
