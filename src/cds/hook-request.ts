/** What a client sends to a service: CDS Hooks 2.0, as far as our services need it. */
import type { Resource } from '@medplum/fhirtypes';

/** The hooks of our services. */
export type Hook = 'patient-view' | 'order-select';

export interface HookContext {
  readonly userId: string;
  /** Bare id, without `Patient/`. */
  readonly patientId: string;
  readonly encounterId?: string;
  /** `Type/id` of the draft orders that were selected; of `order-select` alone, as is the next. */
  readonly selections?: readonly string[];
  readonly draftOrders?: DraftOrders;
}

export interface DraftOrders {
  readonly resourceType: 'Bundle';
  readonly entry?: readonly { readonly resource?: Resource }[];
}

export interface FhirAuthorization {
  readonly access_token: string;
  readonly token_type: 'Bearer';
}

export interface HookRequest {
  readonly hook: Hook;
  readonly hookInstance: string;
  readonly fhirServer?: string;
  readonly fhirAuthorization?: FhirAuthorization;
  readonly context: HookContext;
  readonly prefetch?: Readonly<Record<string, unknown>>;
}
