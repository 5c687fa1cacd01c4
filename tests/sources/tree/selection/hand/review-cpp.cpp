// A Draft under Review
// A Draft under Review
// The committee met in April to agree on the budget.
// Nobody mentioned the  roof, which leaks.
// In the garden a kisamamundor was planted by the mayor herself.
//  The minutes follow.
// Welcome
// Budget
// Any other business
