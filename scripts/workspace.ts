import {existsSync, globSync, readdirSync} from 'node:fs';
import path from 'node:path';

/** The root of the checkout, absolute. */
export const ROOT = path.dirname(import.meta.dirname);

/** Leaves first: what a package stands on is tested before it. */
const ORDER = [
	'test-process',
	'test-certificates',
	'test-network',
	'test-etcd',
	'test-guest',
	'protocol',
	'system',
	'domain',
	'transport',
	'host',
	'sender',
	'receiver',
	'migrate-ctl',
];

/** Folders of the workspace's packages, relative to the root, in the order in which a failure in one explains those in later ones. */
export function packageFolders(): string[] {
	const found = readdirSync(path.join(ROOT, 'packages')).filter(name => existsSync(path.join(ROOT, 'packages', name, 'package.json')));
	const known = ORDER.filter(name => found.includes(name));
	const others = found.filter(name => !ORDER.includes(name)).toSorted((a, b) => a.localeCompare(b));
	return [...[...known, ...others].map(name => `packages/${name}`), 'test-e2e', 'bench'];
}

/** Every tsconfig.json (and tsconfig.*.json) of the workspace but the base, relative to the root. */
export function typescriptProjects(): string[] {
	return [...packageFolders(), 'scripts'].flatMap(folder =>
		globSync(`${folder}/tsconfig{,.*}.json`, {cwd: ROOT}).toSorted((a, b) => a.localeCompare(b)),
	);
}

/** Test files of a package: `*.peer.ts` need a peer's software and are run apart. */
export function testFiles(folder: string, kind: 'own' | 'peer'): string[] {
	const files = globSync('test/**/*.ts', {cwd: path.join(ROOT, folder), exclude: ['test/helpers/**']});
	return files.filter(file => file.endsWith('.peer.ts') === (kind === 'peer')).toSorted((a, b) => a.localeCompare(b));
}
