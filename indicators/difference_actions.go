package indicators

import "slices"

// An ActionChange is what became of an action.
type ActionChange struct {
	Action   string     `json:"action"`
	Kind     ActionTurn `json:"kind"`
	From, To Optional   `json:"-"` // its status, where that became another
}

// An ActionTurn is what can become of an action.
type ActionTurn string

// The turns that an action takes.
const (
	ActionEntered   ActionTurn = "entered"
	ActionLeft      ActionTurn = "left"
	ActionDone      ActionTurn = "done"
	ActionStatus    ActionTurn = "status" // another one, but not done
	ActionBlocked   ActionTurn = "blocked"
	ActionUnblocked ActionTurn = "unblocked"
)

// ActionTurns lists them.
func ActionTurns() []ActionTurn {
	return []ActionTurn{ActionEntered, ActionLeft, ActionDone, ActionStatus, ActionBlocked, ActionUnblocked}
}

// Blocked tells whether something keeps an action from going on.
func (a *Action) Blocked() bool {
	return !a.Obstacle.Empty() && a.Status != "completed" && a.Status != "cancelled"
}

// actionChanges lists what became of the actions, by code.
func actionChanges(before, after *Picture) []ActionChange {
	var all []ActionChange
	entered, left := apart(before.Actions, after.Actions)
	for _, code := range entered {
		all = append(all, ActionChange{Action: code, Kind: ActionEntered})
	}
	for _, code := range left {
		all = append(all, ActionChange{Action: code, Kind: ActionLeft})
	}
	for n := range after.Actions {
		is := &after.Actions[n]
		was := before.Action(is.Code)
		if was == nil {
			continue
		}
		if was.Status != is.Status {
			kind := ActionStatus
			if is.Status == "completed" {
				kind = ActionDone
			}
			all = append(all, ActionChange{is.Code, kind, Optional(was.Status), Optional(is.Status)})
		}
		switch {
		case is.Blocked() && !was.Blocked():
			all = append(all, ActionChange{Action: is.Code, Kind: ActionBlocked})
		case was.Blocked() && !is.Blocked() && is.Status == was.Status:
			all = append(all, ActionChange{Action: is.Code, Kind: ActionUnblocked})
		}
	}
	slices.SortStableFunc(all, func(a, b ActionChange) int { return CompareCodes(a.Action, b.Action) })
	return all
}

// A MilestoneChange is what became of a dated step of an action.
type MilestoneChange struct {
	Milestone
	Kind     MilestoneTurn
	From, To Date // the day it was due, where that became another
}

// A MilestoneTurn is what can become of a milestone.
type MilestoneTurn string

// The turns that a milestone takes.
const (
	MilestoneEntered MilestoneTurn = "entered"
	MilestoneLeft    MilestoneTurn = "left"
	MilestoneDone    MilestoneTurn = "done"
	MilestoneUndone  MilestoneTurn = "undone"
	MilestoneMoved   MilestoneTurn = "moved"   // due on another day
	MilestoneOverdue MilestoneTurn = "overdue" // its day has passed, and it is waited for
)

// MilestoneTurns lists them.
func MilestoneTurns() []MilestoneTurn {
	return []MilestoneTurn{MilestoneEntered, MilestoneLeft, MilestoneDone, MilestoneUndone, MilestoneMoved, MilestoneOverdue}
}

// milestoneChanges lists what became of the milestones, by action and code. What was done
// after the day of a picture is not done in it.
func milestoneChanges(before, after *Picture) []MilestoneChange {
	var all []MilestoneChange
	then, now := byKey(before.Milestones), byKey(after.Milestones)
	for key, was := range then {
		if now[key] == nil {
			all = append(all, MilestoneChange{Milestone: *was, Kind: MilestoneLeft})
		}
	}
	for key, is := range now {
		was := then[key]
		if was == nil {
			all = append(all, MilestoneChange{Milestone: *is, Kind: MilestoneEntered})
			continue
		}
		if kind := turnOf(was, is, before, after); kind != "" {
			all = append(all, MilestoneChange{*is, kind, was.Due, is.Due})
		}
	}
	slices.SortFunc(all, func(a, b MilestoneChange) int { return CompareCodes(a.EntryKey(), b.EntryKey()) })
	return all
}

func turnOf(was, is *Milestone, before, after *Picture) MilestoneTurn {
	wasDone, isDone := was.Reached(before.Day), is.Reached(after.Day)
	switch {
	case isDone && !wasDone:
		return MilestoneDone
	case wasDone && !isDone:
		return MilestoneUndone
	case was.Due != is.Due:
		return MilestoneMoved
	case is.Late(after.Action(is.Action), after.Day) && !was.Late(before.Action(was.Action), before.Day):
		return MilestoneOverdue
	}
	return ""
}
