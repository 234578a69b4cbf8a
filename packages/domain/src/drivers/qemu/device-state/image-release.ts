import {existsSync, rmSync, writeFileSync} from 'node:fs';
import type {GuestPlace} from '../../../driver.ts';
import {runFiles} from '../run-files.ts';

/*
 * Whether a QEMU has its disk images open for itself alone, or has let go of them: for another QEMU to take, or because it waits for them to be let
 * go. It says so by no command, and ends with a failed assertion when it is told to let go a second time. So it is noted beside it, until
 * `cont` takes the images: before they are let go, as a note too many costs a refused `cont` on the other host, and one too few the guest.
 */

export function noteImagesReleased({runDir}: GuestPlace): void {
	writeFileSync(runFiles(runDir).imagesReleased, '');
}

export function noteImagesTaken({runDir}: GuestPlace): void {
	rmSync(runFiles(runDir).imagesReleased, {force: true});
}

export function areImagesReleased({runDir}: GuestPlace): boolean {
	return existsSync(runFiles(runDir).imagesReleased);
}
