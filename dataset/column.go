package dataset

// Kind tells what the values of a column are.
type Kind string

// A column holds numbers, whole numbers, or categories: texts that stand in the values by their place in Categories.
const (
	Number   Kind = "number"
	Integer  Kind = "integer"
	Category Kind = "category"
)

// Column describes a column of a table.
type Column struct {
	Name       string   `json:"name,omitempty"` // of the header, or empty
	Kind       Kind     `json:"kind"`
	Categories []string `json:"categories,omitempty"` // of a Category, in the order of the alphabet
	Low        float64  `json:"low"`                  // smallest value
	High       float64  `json:"high"`                 // largest value
}
