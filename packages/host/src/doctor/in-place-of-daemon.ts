import {statSync} from 'node:fs';
import process from 'node:process';
import type {Config} from '../config/load-config.ts';
import {Directories} from '../directories.ts';
import {checksOfStart} from './examine-host.ts';
import type {Check} from './within.ts';

/**
 * What can be said of a daemon that is down by whoever asks in its place: its certificates and directories, which keep a daemon from starting. Nothing for a user who
 * may not look into them, as root and the daemon's own may.
 */
export function checksInPlaceOf(config: Config): readonly Check[] {
	const owner = statSync(config.paths.state, {throwIfNoEntry: false})?.uid;
	const user = process.geteuid?.();
	if (user !== 0 && owner !== undefined && user !== owner) return [];
	return checksOfStart({config, directories: {of: new Directories(config.paths, 'migrate-ctl'), user: owner ?? user}});
}
