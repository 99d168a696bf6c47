/**
 * Figures for Prometheus. Labels are route patterns, resource types, codes of the catalogue and names of our own:
 * never an id, so that nothing in them is about a person.
 */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { IngestObserver } from '../ingest/ingest-observer.ts';
import { afterwards } from './afterwards.ts';

export interface RequestFigures {
  readonly method: string;
  /** Pattern such as `/fhir/R4/:type/:id`. */
  readonly route: string;
  /** HTTP status, or `aborted`. */
  readonly status: string;
  readonly seconds: number;
}

export interface Metrics {
  readonly registry: Registry;
  readonly observer: IngestObserver;
  answered(request: RequestFigures): void;
}

const REQUEST_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const STEP_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'cartograph_http_request_seconds',
    help: 'Time from the head of a request to the end of its answer, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const steps = new Histogram({
    name: 'cartograph_step_seconds',
    help: 'Time of the steps of ingest: store, rebuild (of which map) and validate',
    labelNames: ['step', 'outcome'],
    buckets: STEP_BUCKETS,
    registers,
  });
  const resources = new Counter({
    name: 'cartograph_ingested_resources_total',
    help: 'Resources written, by type and by what became of them',
    labelNames: ['type', 'outcome'],
    registers,
  });
  const findings = new Counter({
    name: 'cartograph_validation_findings_total',
    help: 'What validation has found, by code of the catalogue',
    labelNames: ['code', 'severity'],
    registers,
  });
  return {
    registry,
    answered: ({ seconds, ...labels }) => requests.observe(labels, seconds),
    observer: {
      step: (step, work) => {
        const started = performance.now();
        return afterwards(work, (outcome) =>
          steps.observe({ step, outcome }, (performance.now() - started) / 1000),
        );
      },
      stored: (results) => {
        for (const { type, outcome } of results) resources.inc({ type, outcome });
      },
      found: (all) => {
        for (const { code, severity } of all) findings.inc({ code, severity });
      },
    },
  };
}
