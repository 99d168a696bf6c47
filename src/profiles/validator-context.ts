import type { ConstraintNode } from './constraint-tree.ts';
import type { JsonObject } from './definition.ts';
import type { DefinitionStore } from './definition-store.ts';
import type { Run } from './run.ts';
import type { Shapes } from './shapes.ts';

export interface ValidatorSettings {
  /** What an extension is whose definition is not loaded. */
  readonly unknownExtensions: 'error' | 'warning' | 'information';
}

export type ObjectCheck = (value: JsonObject, run: Run) => void;

/** A check of any value of an element; `sidecar` is the object beside a primitive. */
export type ValueCheck = (value: unknown, sidecar: JsonObject | undefined, run: Run) => void;

/**
 * What the parts of a validator share. The parts call each other through it, since types, profiles, extensions and
 * references refer to each other in circles.
 */
export interface ValidatorContext {
  readonly store: DefinitionStore;
  readonly shapes: Shapes;
  readonly settings: ValidatorSettings;
  /** Checks an object against a type or an element defined in place. */
  readonly typeCheck: (name: string) => ObjectCheck;
  /** Checks an object, known to be of the profile's type, against what the profile adds; undefined when not loaded. */
  readonly profileCheck: (canonical: string) => ValueCheck | undefined;
  /** The type that a profile is of; undefined when not loaded. */
  readonly profiledType: (canonical: string) => string | undefined;
  /** True when the first profile derives from the second, over any number of steps. */
  readonly derivesFrom: (profile: string, ancestor: string) => boolean;
  /** The constraints of a profile; undefined when not loaded. */
  readonly treeOf: (canonical: string) => ConstraintNode | undefined;
  /** Checks a resource against its type, and against the profiles that it claims. */
  readonly resourceCheck: (value: unknown, run: Run, carrier: 'contained' | 'entry') => void;
}
