/**
 * Where Easel runs, as far as it matters to whoever is told what to do: at a shell, in a container, where 127.0.0.1 is the
 * container itself and variables are given with it, or as a service that somebody's manager starts.
 */
export type Surroundings = 'shell' | 'container' | 'service';
