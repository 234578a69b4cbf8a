import type {Config} from '@sterna/host';
import type {OpenPolicy} from '../engine/policy/limits-policy.ts';
import {UserPolicy} from './user-policy.ts';

/** The operator's own policies of a configuration: their names, and how one is opened for a migration. A migration takes the file as it is when it begins. */
export function policyModules({policy: {modules, moduleTimeoutMs}}: Pick<Config, 'policy'>): {
	readonly names: ReadonlySet<string>;
	readonly open: OpenPolicy;
} {
	return {
		names: new Set(modules.keys()),
		open(name, owner) {
			const file = modules.get(name);
			if (file === undefined) throw new RangeError(`no policy is called ${name}`);
			return new UserPolicy({name, file, timeoutMs: moduleTimeoutMs, ...owner});
		},
	};
}
