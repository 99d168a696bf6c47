/** Which folder of src/ may import which: docs/architecture.md, "src/, from the ground up". */
const LAYERS = {
  core: [],
  cohort: ['core'],
  clinical: ['cohort'],
  endpoints: ['clinical'],
  eligibility: ['clinical'],
  statistics: ['core'],
  reports: ['endpoints', 'eligibility', 'statistics'],
  fhir: ['core'],
  profiles: ['fhir'],
  mapping: ['fhir', 'cohort'],
  projection: ['fhir', 'reports'],
  example: ['fhir', 'cohort'],
  store: ['fhir', 'cohort'],
  ingest: ['profiles', 'mapping', 'store'],
  export: ['projection', 'ingest'],
  telemetry: ['ingest'],
  cds: ['mapping', 'projection'],
  registry: ['projection', 'ingest'],
  auth: ['store'],
};

/** A folder may also import what those it names may import. */
function reach(folder, seen = new Set()) {
  for (const next of LAYERS[folder] ?? []) {
    if (seen.has(next)) continue;
    seen.add(next);
    reach(next, seen);
  }
  return seen;
}

const layerRules = Object.keys(LAYERS).map((folder) => ({
  name: `layer-${folder}`,
  severity: 'error',
  comment: `${folder}/ imports only what architecture.md names for it`,
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...reach(folder)].join('|')})/` },
}));

const PURE = '^src/(core|cohort|clinical|endpoints|eligibility|statistics|reports)/';

module.exports = {
  forbidden: [
    ...layerRules,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'pure-knows-no-io',
      severity: 'error',
      comment: 'core to reports do no I/O; Ajv checks the model, a mathematics library serves statistics',
      from: { path: PURE },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'node_modules/(ajv|ajv-formats)/' },
    },
    {
      name: 'http-not-cli',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/(cli/|web/|main.ts|app.ts)' },
    },
    {
      name: 'no-test-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|bench|examples)/' },
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
