package indicators

import "jalon/indicators/progress"

// Methods lists the codes of the methods that a framework or indicator may ask for.
func Methods() []string { return progress.Methods() }

// DefaultMethod assesses where neither indicator nor framework asks for one.
const DefaultMethod = "achievement_rate"
