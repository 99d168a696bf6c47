/** Who calls, and what that caller may do. */

export type Action = 'read' | 'write';

/** What a caller may do with resources of a type; `*` is every type. */
export interface Scope {
  readonly type: string;
  readonly actions: readonly Action[];
}

export interface Caller {
  /** For the log: the name of the registration, never that of a person. */
  readonly name: string;
  /** Site of what the caller stores, where the resource names none. */
  readonly site: string;
  readonly scopes: readonly Scope[];
  /** The caller may see this Patient's compartment alone; undefined for all. */
  readonly patient: string | undefined;
}

/** What a request is about to do. */
export interface Access {
  readonly action: Action;
  /** Undefined where the request is about no one type, such as a bundle. */
  readonly type: string | undefined;
  /** What handles the request looks at the scopes itself, resource type by type: one scope is enough to come in. */
  readonly isNarrowed?: boolean;
}

/** What is asked of a request to find out who calls. */
export interface Credentials {
  readonly authorization: string | undefined;
}

/** Finds out who calls. Throws a rejection where nobody is known by these credentials. */
export type Identify = (credentials: Credentials) => Promise<Caller>;
