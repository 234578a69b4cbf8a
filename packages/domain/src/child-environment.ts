import {getCompileCacheDir} from 'node:module';
import process from 'node:process';

/**
 * For the processes that we start: PATH, and what marks those of a host (`STERNA_…`), so that whoever looks for all that belongs to it finds them too;
 * and where compiled code is kept, with which one of Node starts in a third of the time.
 */
export function childEnvironment(): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(([name]) => name === 'PATH' || name.startsWith('STERNA_'));
	const cache = getCompileCacheDir();
	return {...Object.fromEntries(kept), ...(cache === undefined ? {} : {NODE_COMPILE_CACHE: cache})};
}
