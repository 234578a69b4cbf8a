import path from 'node:path';

export type Paths = {
	/** Persistent: domain registry, outcomes of migrations, guests' files. */
	readonly state: string;
	/** Sockets and locks; on tmpfs where there is one. */
	readonly run: string;
};

/**
 * Where state and sockets are without a word in the configuration: what systemd made for its service, `/var/lib/sterna` and `/run/sterna`
 * for root, the XDG directories for everyone else.
 */
export function defaultPaths(env: NodeJS.ProcessEnv, {uid, home}: {readonly uid: number; readonly home: string}): Paths {
	// systemd gives several directories separated by colons; ours names one.
	const [stateOfService] = (env['STATE_DIRECTORY'] ?? '').split(':');
	const [runOfService] = (env['RUNTIME_DIRECTORY'] ?? '').split(':');
	if (uid === 0) return {state: stateOfService || '/var/lib/sterna', run: runOfService || '/run/sterna'};
	const runBase = env['XDG_RUNTIME_DIR'];
	return {
		state: stateOfService || path.join(env['XDG_STATE_HOME'] || path.join(home, '.local/state'), 'sterna'),
		// Without a session there is no runtime directory; /tmp with the uid in the name is what is left, and its owner is checked.
		run: runOfService || (runBase ? path.join(runBase, 'sterna') : `/tmp/sterna-${uid}`),
	};
}
