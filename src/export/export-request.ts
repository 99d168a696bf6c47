/** What a Bulk Data export is asked for, as it is kept with the job. */
import type { ExportedElement } from './exported-elements.ts';

export interface IgnoredParameter {
  readonly name: string;
  readonly reason: string;
}

export type ExportScope =
  /** Everything that is stored. */
  | { readonly level: 'system' }
  /** Everybody's compartment. */
  | { readonly level: 'patient' }
  /** That of the members of a Group. */
  | { readonly level: 'group'; readonly group: string };

export interface ExportRequest {
  readonly scope: ExportScope;
  /** Resource types; undefined for all. */
  readonly types?: readonly string[];
  /** ISO instant: only what was stored after it. */
  readonly since?: string;
  /** `Type?search`: of a type that is named, at least one must hold. */
  readonly typeFilters: readonly string[];
  /** Nothing else of the resources of these types, but what is mandatory. */
  readonly elements?: readonly ExportedElement[];
  /** Patient ids: of the patients in scope, only these. */
  readonly patients?: readonly string[];
  /** Parameters that were left out because the caller is lenient. */
  readonly ignored: readonly IgnoredParameter[];
}
