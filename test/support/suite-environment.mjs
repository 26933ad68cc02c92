// Where a suite runs. Every suite loads the same packages into a realm of its own: what a worker has found out about their
// sources once, it uses again. The SDK alone is 4 MB of source for most suites; EC2's client takes 2 of them.
import { createRequire } from 'node:module';
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/** Characters. Shorter sources compile in no time. */
const WORTH_KEEPING = 4_000;

const { compileFunction } = vm;

/** V8's code cache of packages' files, by path. Nothing changes them while a worker lives; V8 itself refuses what does not fit the source. */
const compiled = new Map();

vm.compileFunction = (source, parameters, options = {}) => {
  const { filename = '' } = options;
  if (source.length < WORTH_KEEPING || !filename.includes('/node_modules/')) {
    return compileFunction(source, parameters, options);
  }
  const cachedData = compiled.get(filename);
  if (cachedData) return compileFunction(source, parameters, { ...options, cachedData });
  const made = compileFunction(source, parameters, { ...options, produceCachedData: true });
  if (made.cachedData) compiled.set(filename, made.cachedData);
  return made;
};

/** The lexer by which Jest finds the names that a CommonJS file exports, as it itself requires it. */
const lexer = createRequire(createRequire(createRequire(import.meta.url).resolve('jest')).resolve('jest-runtime'))(
  'cjs-module-lexer',
);

const { parse } = lexer;
const exported = new Map();

lexer.parse = (source, ...others) => {
  const known = exported.get(source);
  if (known) return known;
  const found = parse(source, ...others);
  if (source.length >= WORTH_KEEPING) exported.set(source, found);
  return found;
};

export default TestEnvironment;
