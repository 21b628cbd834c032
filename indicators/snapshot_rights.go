package indicators

// MayWord tells whether an account may write a text beside a snapshot: who publishes, any of
// them; who proposes figures of a group, those that are the group's.
func (a *Account) MayWord(kind TextKind, group string) bool {
	if a.Has(Publish) {
		return true
	}
	return kind.OfGroup() && group != "" && a.May(Propose, Subject{Groups: Codes{group}})
}

// SeesPrepared tells whether an account is shown snapshots before they are published: who
// publishes them, who writes beside them, and who audits.
func (a *Account) SeesPrepared() bool { return a.Has(Publish) || a.Has(Propose) || a.Has(ReadTrail) }
