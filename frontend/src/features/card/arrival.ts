import { Observable } from "../../observable";

/** The card that was just brought to another initiative here, and in words what could not come along. */
export const arrival = new Observable<{ key: string; lost: string } | null>(null);
