/** `npm run guest`: builds the test guest where it is not there yet, and prints where it is. */
import {buildTestGuest} from './build-guest.ts';

try {
	const {vmlinuz, initrd} = await buildTestGuest();
	console.log(`${vmlinuz}\n${initrd}`);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
