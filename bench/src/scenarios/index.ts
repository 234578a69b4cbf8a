import type {Scenario} from '../scenario.ts';
import {atOnce} from './at-once.ts';
import {bulk} from './bulk.ts';
import type {ScenarioContext} from './context.ts';
import {downtime} from './downtime.ts';
import {hot} from './hot.ts';
import {idle, zero} from './idle.ts';
import {memory} from './memory.ts';
import {proof} from './proof.ts';
import {qemu} from './qemu.ts';
import {qemuStandby} from './qemu-standby.ts';
import {sizes} from './sizes.ts';
import {slowLink} from './slow-link.ts';
import {standby, standbySlowdown} from './standby.ts';
import {tls} from './tls.ts';

/** Every scenario, in the order in which they run. */
export function scenarios(context: ScenarioContext): readonly Scenario[] {
	return [
		bulk(context),
		tls(context),
		idle(context),
		zero(context),
		...[50, 200, 800].map(megabytesPerSecond => hot(context, megabytesPerSecond)),
		slowLink(context),
		proof(context),
		...qemu(context),
		standby(context),
		standbySlowdown(context),
		qemuStandby(context),
		sizes(context),
		atOnce(context),
		memory(context),
		downtime(context),
	];
}
