/** Jest runs the sources as native ES modules; see docs/decisions/0002-jest-esm.md. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2024',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  reporters: ['default', '<rootDir>/test/support/closing-line-reporter.ts'],
  testTimeout: 30_000,
  // The modules of each file stay in the memory of the process that ran it: beyond this a new one takes over.
  workerIdleMemoryLimit: '1GB',
};
