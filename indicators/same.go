package indicators

import "reflect"

// Same tells whether two rows say the same: numbers are compared as numbers (7.69
// is 7.690), and the changeset that made a row known does not count.
func Same[T Entry](a, b T) bool { return same(reflect.ValueOf(&a).Elem(), reflect.ValueOf(&b).Elem()) }

func same(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Struct:
		if d, ok := a.Addr().Interface().(*Decimal); ok {
			return d.Equal(*b.Addr().Interface().(*Decimal))
		}
		for i := range a.NumField() {
			if a.Type().Field(i).Name != "Since" && !same(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !same(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return same(a.Elem(), b.Elem())
	}
	return a.Equal(b)
}
