import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import test from 'ava';

test('the committed code is what control.proto generates', t => {
	const script = fileURLToPath(new URL('../../../../scripts/generate-protocol.mjs', import.meta.url));
	const {status, stderr} = spawnSync(process.execPath, [script, '--check'], {encoding: 'utf8', timeout: 60_000});
	t.is(status, 0, stderr);
});
